import { expectClose } from "@internal/testing";
import { randn, ShapeError, tensor } from "@rnn/tensor";
import { MinMaxScaler, type Scaler, StandardScaler, scalerFromJSON } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

const tolerance = { rtol: 1e-13, atol: 1e-13 };

describe("StandardScaler", () => {
  test("has the moments of the airline passengers as NumPy computes them", () => {
    const scaler = new StandardScaler().fit(airlinePassengers);
    expectClose(scaler.mean, [280.2986111111111], tolerance);
    expectClose(scaler.scale, [119.54904153277147], tolerance);
  });

  test("leaves a constant variable at 1, also one whose mean is rounded", () => {
    const rows = Array.from({ length: 49 }, () => [0.1, 1e16, -3]);
    const scaler = new StandardScaler().fit(rows);
    expect(scaler.scale).toEqual([1, 1, 1]);
    expectClose(scaler.transform(rows).flat(), new Array(147).fill(0), { rtol: 0, atol: 1e-15 });
  });

  test("keeps a small deviation from a large mean", () => {
    const values = [0, 1, 2, 3].map((i) => 1e9 + i * 1e-3);
    expectClose(new StandardScaler().fit(values).scale, [Math.sqrt(1.25) * 1e-3], { rtol: 1e-3, atol: 0 });
  });
});

const scalers: readonly [string, () => Scaler][] = [
  ["StandardScaler", () => new StandardScaler()],
  ["MinMaxScaler", () => new MinMaxScaler({ featureRange: [-2, 3] })],
];

describe.each(scalers)("%s", (name, make) => {
  const series = randn([20, 3], { dtype: "float64" }).mul(tensor([1, 10, 100], { dtype: "float64" }));

  test("goes there and back, in every form", () => {
    const scaler = make().fit(series);
    const rows = series.toArray() as number[][];
    const scaled = scaler.transform(series);
    expectClose(scaler.transform(rows).flat(), scaled.data as Float64Array, tolerance);
    expectClose(scaler.inverseTransform(scaled).data as Float64Array, series.data as Float64Array, tolerance);
    const windows = scaled.reshape([5, 4, 3]);
    expect(scaler.inverseTransform(windows).shape).toEqual([5, 4, 3]);
    expect(scaler.transform(series.to("float32")).dtype).toBe("float32");
  });

  test("of some variables agrees with the whole", () => {
    const scaler = make().fit(series);
    const chosen = scaler.select([2, 0]);
    const want = scaler.transform(series).indexSelect(1, [2, 0]);
    expectClose(
      chosen.transform(series.indexSelect(1, [2, 0])).data as Float64Array,
      want.data as Float64Array,
      tolerance,
    );
    expect(chosen.variables).toBe(2);
  });

  test("comes back from JSON", () => {
    const scaler = make().fit(series);
    const restored = scalerFromJSON(JSON.parse(JSON.stringify(scaler)));
    expect(restored.constructor).toBe(scaler.constructor);
    expect(restored.transform(series).toArray()).toEqual(scaler.transform(series).toArray());
    expect(restored.toJSON()).toEqual(scaler.toJSON());
  });

  test("with one variable takes any shape", () => {
    const scaler = make().fit([1, 2, 5]);
    const x = tensor([
      [1, 2],
      [5, 8],
    ]);
    expectClose(scaler.inverseTransform(scaler.transform(x)).flatten().data as Float32Array, [1, 2, 5, 8], {
      rtol: 1e-6,
      atol: 1e-6,
    });
  });

  test("refuses NaN, or keeps it", () => {
    const kept = name === "StandardScaler" ? StandardScaler : MinMaxScaler;
    const values = [1, Number.NaN, 3];
    const message = `series has NaN at step 1; fill it (forwardFill) or pass missing: "keep"`;
    expect(() => make().fit(values)).toThrow(new RangeError(`${name}.fit: ${message}`));
    const fitted = make().fit([1, 3]);
    expect(() => fitted.transform(values)).toThrow(
      new RangeError(`${name}.transform: ${message.replace("series", "values")}`),
    );
    const scaler = new kept({ missing: "keep" }).fit(values);
    expect(scaler.inverseTransform(scaler.transform(values))).toEqual(values);
  });

  test("says what does not fit", () => {
    const fitted = make().fit(series);
    expect(() => make().transform([1])).toThrow(new Error(`${name}.transform: call fit first`));
    expect(() => make().fit([])).toThrow(new RangeError(`${name}.fit: series has no steps`));
    expect(() => make().fit([[1, Number.POSITIVE_INFINITY]])).toThrow(
      new RangeError(`${name}.fit: series has Infinity at step 0 (variable 1)`),
    );
    expect(() => fitted.transform([1, 2])).toThrow(
      new ShapeError(`${name}.transform: got a list of numbers, but the scaler was fitted to 3 variables`),
    );
    expect(() => fitted.transform([[1, 2]])).toThrow(
      new ShapeError(`${name}.transform: got rows of 2 values, but the scaler was fitted to 3 variables`),
    );
    expect(() => fitted.transform(tensor([[1, 2]]))).toThrow(
      new ShapeError(
        `${name}.transform: values have shape [1,2], but the scaler was fitted to 3 variables, which must be the last dimension`,
      ),
    );
    expect(() => fitted.select([3])).toThrow(
      new RangeError(`${name}.select: variables has 3, but there are 3 variables, 0..2`),
    );
  });
});

describe("a saved scaler is checked", () => {
  const standard = { type: "StandardScaler", mean: [1], scale: [2], missing: "error" };
  const minMax = { type: "MinMaxScaler", min: [1], max: [2], featureRange: [0, 1], missing: "error" };
  test.each([
    [null, 'scalerFromJSON: expected type "StandardScaler" or "MinMaxScaler", got null'],
    [{ type: "X" }, 'scalerFromJSON: expected type "StandardScaler" or "MinMaxScaler", got type "X"'],
    [
      { ...standard, mean: ["1"] },
      'StandardScaler.fromJSON: mean must be a list of finite numbers, got ["1"]',
    ],
    [{ ...standard, mean: [1, 2] }, "StandardScaler.fromJSON: scale has 1 numbers, but mean 2"],
    [{ ...standard, scale: [0] }, "StandardScaler.fromJSON: scale of variable 0 must be above 0, got 0"],
    [{ ...standard, missing: 1 }, 'StandardScaler.fromJSON: missing must be "error" or "keep", got 1'],
    [{ ...minMax, max: [0] }, "MinMaxScaler.fromJSON: variable 0 has max 0 below min 1"],
    [
      { ...minMax, featureRange: [1, 0] },
      "MinMaxScaler.fromJSON: featureRange must be [low, high] with low < high, got [1, 0]",
    ],
  ])("%j", (json, message) => {
    expect(() => scalerFromJSON(json)).toThrow(message);
  });

  test("of another type", () => {
    expect(() => StandardScaler.fromJSON(minMax)).toThrow(
      new TypeError(
        'StandardScaler.fromJSON: expected an object of type "StandardScaler", got type "MinMaxScaler"',
      ),
    );
  });
});
