import { describe, expect, test } from "vitest";
import { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";

const run = (options: EarlyStoppingOptions, values: number[]): boolean[] => {
  const stopping = new EarlyStopping(options);
  return values.map((value) => {
    stopping.update(value);
    return stopping.shouldStop;
  });
};

describe("EarlyStopping", () => {
  test("stops after patience values in a row without improvement", () => {
    expect(run({ patience: 2 }, [3, 2, 2, 1, 1, 1])).toEqual([false, false, false, false, false, true]);
  });

  test("mode max watches for larger values", () => {
    expect(run({ patience: 1, mode: "max" }, [1, 2, 1.5])).toEqual([false, false, true]);
  });

  test("minDelta is the least improvement that counts", () => {
    expect(run({ patience: 1, minDelta: 0.5 }, [3, 2.4, 2])).toEqual([false, false, true]);
  });

  test("NaN is never an improvement, not even as the first value", () => {
    const stopping = new EarlyStopping({ patience: 2 });
    expect([stopping.update(Number.NaN), stopping.best]).toEqual([false, null]);
    expect([stopping.update(3), stopping.update(Number.NaN), stopping.best]).toEqual([true, false, 3]);
  });

  test("infinite patience never stops", () => {
    expect(run({ patience: Number.POSITIVE_INFINITY }, Array(50).fill(1)).includes(true)).toBe(false);
  });

  test("refuses what makes no sense", () => {
    expect(() => new EarlyStopping(undefined as never)).toThrow(
      new TypeError(
        "EarlyStopping: options must be an object, got undefined; options are patience, minDelta, mode",
      ),
    );
    expect(() => new EarlyStopping({ patience: 0 })).toThrow(
      new RangeError("EarlyStopping: patience must be an integer >= 1, got 0"),
    );
    expect(() => new EarlyStopping({ patience: 1, minDelta: -1 })).toThrow(
      new RangeError("EarlyStopping: minDelta must be a finite number >= 0, got -1"),
    );
    expect(() => new EarlyStopping({ patience: 1, mode: "low" as "min" })).toThrow(
      new RangeError('EarlyStopping: mode must be "min" or "max", got "low"'),
    );
  });
});
