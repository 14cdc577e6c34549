import { ShapeError, tensor } from "@rnn/tensor";
import { concatWindows, lastWindow, slidingWindows } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";

const rows = Array.from({ length: 8 }, (_, t) => [t, 10 * t, 100 + t]);
const covariates = Array.from({ length: 8 }, (_, t) => [-t]);

describe("slidingWindows", () => {
  test("cuts histories and what follows, of the chosen targets", () => {
    const windows = slidingWindows(rows, { history: 3, horizon: 2, stride: 2, targets: [2, 0] });
    expect(windows.inputs.shape).toEqual([2, 3, 3]);
    expect(windows.origins).toEqual(Int32Array.of(3, 5));
    expect(windows.inputs.select(0, 1).toArray()).toEqual(rows.slice(2, 5));
    expect(windows.targets.toArray()).toEqual([
      [
        [103, 3],
        [104, 4],
      ],
      [
        [105, 5],
        [106, 6],
      ],
    ]);
    expect(windows.future).toBeNull();
    expect(windows.last.toArray()).toEqual([[[0, 0]], [[0, 0]]]);
  });

  test("puts covariates behind the variables, and those of the future apart", () => {
    const windows = slidingWindows(rows, { history: 2, horizon: 3, covariates });
    expect(windows.inputs.select(0, 0).toArray()).toEqual([
      [0, 0, 100, -0],
      [1, 10, 101, -1],
    ]);
    expect(windows.future?.select(0, 0).toArray()).toEqual([[-2], [-3], [-4]]);
  });

  test("takes last values away in float64", () => {
    const series = [0, 1, 2, 3].map((i) => 1e8 + i / 8);
    const { inputs, targets, last } = slidingWindows(series, { history: 2, subtractLast: true });
    expect(inputs.toArray()).toEqual([
      [[-0.125], [0]],
      [[-0.125], [0]],
    ]);
    expect(targets.toArray()).toEqual([[[0.125]], [[0.125]]]);
    expect(targets.add(last).toArray()).toEqual([[[1e8 + 0.25]], [[1e8 + 0.375]]]);
  });

  test("takes from each variable its own last value", () => {
    const { inputs, targets, last } = slidingWindows(rows, {
      history: 2,
      targets: [2, 1],
      subtractLast: true,
    });
    expect(inputs.select(0, 3).toArray()).toEqual([
      [-1, -10, -1],
      [0, 0, 0],
    ]);
    expect(targets.select(0, 3).toArray()).toEqual([[1, 10]]);
    expect(last.select(0, 3).toArray()).toEqual([[104, 40]]);
  });

  test("skips windows with a missing value, unless it is of a variable that is not forecast", () => {
    const series = rows.map((row) => [...row]);
    series[5]![1] = Number.NaN;
    const options = { history: 2, missing: "skip", targets: [0] } as const;
    expect(slidingWindows(series, options).origins).toEqual(Int32Array.of(2, 3, 4, 5));
    expect(slidingWindows(series, { ...options, targets: [1] }).origins).toEqual(Int32Array.of(2, 3, 4));
  });

  test("marks missing values", () => {
    const windows = slidingWindows([1, Number.NaN, 4, Number.NaN], {
      history: 2,
      missing: "mask",
      subtractLast: true,
    });
    expect(windows.inputs.toArray()).toEqual([
      [[0], [0]],
      [[0], [0]],
    ]);
    expect(windows.last.toArray()).toEqual([[[1]], [[4]]]);
    expect(windows.targets.toArray()).toEqual([[[3]], [[0]]]);
    expect(windows.observedInputs?.toArray()).toEqual([
      [[1], [0]],
      [[0], [1]],
    ]);
    expect(windows.observedTargets?.toArray()).toEqual([[[1]], [[0]]]);
  });

  test("says what does not fit", () => {
    const options = { history: 3, horizon: 2 };
    expect(() => slidingWindows([1, 2, 3, 4], options)).toThrow(
      new RangeError("slidingWindows: series has 4 steps, fewer than history 3 + horizon 2"),
    );
    expect(() => slidingWindows([1, Number.NaN, 3, 4, 5], options)).toThrow(
      'slidingWindows: series has NaN at step 1; fill it (forwardFill) or pass missing: "skip" or "mask"',
    );
    expect(() => slidingWindows([1, 2, Number.NaN, 4, 5], { ...options, missing: "skip" })).toThrow(
      "slidingWindows: every window has a missing value",
    );
    expect(() => slidingWindows(rows, { ...options, covariates: [1, 2] })).toThrow(
      new ShapeError("slidingWindows: covariates have 2 steps, expected 8 (as many as series)"),
    );
    expect(() => slidingWindows(rows, { ...options, targets: [3] })).toThrow(
      "slidingWindows: targets has 3, but there are 3 variables, 0..2",
    );
    expect(() => slidingWindows([[1, 2], [3]], options)).toThrow(
      "slidingWindows: series has 1 values at step 1, but 2 at step 0",
    );
    expect(() => slidingWindows(["1", "2"] as unknown as number[], options)).toThrow(
      'slidingWindows: series has "1" at position 0; values must be numbers, and NaN where one is missing',
    );
    expect(() => slidingWindows(tensor([[[1]]]), options)).toThrow(
      "slidingWindows: series has shape [1,1,1], expected [steps] or [steps, variables]",
    );
    expect(() => slidingWindows("1,2" as unknown as number[], options)).toThrow(
      'slidingWindows: series must be a Tensor, a list of numbers or a list of rows, got "1,2"',
    );
    expect(() => slidingWindows([1], { ...options, histroy: 1 } as typeof options)).toThrow(
      'slidingWindows: unknown option "histroy" (did you mean "history"?)',
    );
  });
});

describe("lastWindow", () => {
  test("is what slidingWindows would cut next", () => {
    const options = { history: 3, horizon: 2, covariates, targets: [1], subtractLast: true };
    const all = slidingWindows(rows, options);
    const last = lastWindow(rows.slice(0, 6), options);
    const n = all.origins.length - 1;
    expect(last.inputs.toArray()).toEqual(all.inputs.slice([n]).toArray());
    expect(last.future?.toArray()).toEqual(all.future?.slice([n]).toArray());
    expect(last.last.toArray()).toEqual(all.last.slice([n]).toArray());
    expect(last.origins).toEqual(Int32Array.of(6));
  });

  test("marks missing values as slidingWindows does", () => {
    const options = { history: 3, subtractLast: true, missing: "mask" } as const;
    const series = [1, 5, Number.NaN, 7, Number.NaN, 2];
    const last = lastWindow(series.slice(0, 5), options);
    const windows = slidingWindows(series, options);
    for (const name of ["inputs", "last", "observedInputs"] as const) {
      expect(last[name]?.toArray()).toEqual(windows[name]?.slice([2]).toArray());
    }
    expect(last.observedInputs?.flatten().toArray()).toEqual([0, 1, 0]);
  });

  test("says what does not fit", () => {
    expect(() => lastWindow([1, 2], { history: 3 })).toThrow(
      "lastWindow: series has 2 steps, fewer than history 3",
    );
    expect(() => lastWindow([1, 2], { history: 2, horizon: 3, covariates: [1, 2] })).toThrow(
      "lastWindow: covariates have 2 steps, expected 5 (steps of series + horizon 3)",
    );
    expect(() => lastWindow([1, Number.NaN], { history: 2 })).toThrow(
      new RangeError('lastWindow: series has NaN at step 1; fill it (forwardFill) or pass missing: "mask"'),
    );
    const gap = [
      [1, 2],
      [3, Number.NaN],
      [5, 6],
    ];
    expect(() => lastWindow(gap, { history: 2 })).toThrow(
      'lastWindow: series has NaN at step 1 (variable 1); fill it (forwardFill) or pass missing: "mask"',
    );
    expect(lastWindow(gap, { history: 1 }).inputs.toArray()).toEqual([[[5, 6]]]);
  });
});

describe("concatWindows", () => {
  test("says what does not fit", () => {
    expect(() => concatWindows([])).toThrow("concatWindows: there are no parts");
    const part = slidingWindows([1, 2, 3], { history: 2 });
    expect(() => concatWindows([part, slidingWindows([1, 2, 3], { history: 1 })])).toThrow(
      "concatWindows: inputs of part 1 have shape [N,1,1], those of part 0 [N,2,1]",
    );
    const masked = slidingWindows([1, 2, 3], { history: 2, missing: "mask" });
    expect(() => concatWindows([part, masked])).toThrow(
      "concatWindows: observedInputs of part 1 have shape [N,2,1], those of part 0 none",
    );
  });
});
