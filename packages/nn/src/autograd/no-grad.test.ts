import { describe, expect, it } from "vitest";
import { isGradEnabled, noGrad } from "./no-grad.ts";
import { Parameter } from "./parameter.ts";
import { variable } from "./variable.ts";

describe("noGrad", () => {
  it("records nothing inside, and records again after", () => {
    const x = variable([1, 2], { requiresGrad: true });
    const inside = noGrad(() => x.mul(2));
    expect([inside.requiresGrad, x.mul(2).requiresGrad]).toEqual([false, true]);
  });

  it("returns what the function returns", () => {
    expect(noGrad(() => 42)).toBe(42);
  });

  it("nests", () => {
    noGrad(() => {
      noGrad(() => undefined);
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  it("records again after a throw", () => {
    expect(() =>
      noGrad(() => {
        throw new Error("inside");
      }),
    ).toThrow("inside");
    expect(isGradEnabled()).toBe(true);
  });

  it("refuses asynchronous functions, whose work would be recorded", () => {
    expect(() => noGrad(async () => 1)).toThrow(
      new TypeError(
        "noGrad: the function returned a promise, and recording is on again before it settles; " +
          "await first and wrap only the synchronous computation",
      ),
    );
    expect(isGradEnabled()).toBe(true);
  });

  it("leaves new parameters requiring a gradient", () => {
    expect(noGrad(() => new Parameter(variable([1]).value)).requiresGrad).toBe(true);
  });
});
