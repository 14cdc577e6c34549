import { describe, expect, it } from "vitest";
import type { Walk } from "../walk.ts";
import { verdictLines } from "./verdict.ts";

/** Models with nothing but their mean absolute errors; the network comes first. */
function models(errors: Record<string, number>): Walk["models"] {
  return Object.fromEntries(
    Object.entries(errors).map(([name, mae]) => [name, { scores: { mae } }]),
  ) as unknown as Walk["models"];
}

describe("the verdict", () => {
  it("says that a simple forecast is better, by how much, and what to try", () => {
    const found = models({ gru: 0.3985, naive: 2.9, "linear AR": 0.3754, "linear AR, direct": 0.3711 });
    expect(verdictLines({ models: found, hasLinear: false })).toEqual([
      "  linear AR, direct is better here: its MAE is 7 % below that of gru; " +
        "try train with --linear yes, which adds a linear forecast to the network",
    ]);
  });

  it("tries something else where the network has a linear layer", () => {
    const found = models({ "gru + linear": 1, naive: 0.995 });
    expect(verdictLines({ models: found, hasLinear: true })).toEqual([
      "  naive is better here: its MAE is less than 1 % below that of gru + linear; " +
        "try other settings, or take the simple forecast",
    ]);
  });

  it("is silent where the network is as good as any", () => {
    expect(verdictLines({ models: models({ gru: 1, naive: 1, "linear AR": 2 }), hasLinear: false })).toEqual(
      [],
    );
  });
});
