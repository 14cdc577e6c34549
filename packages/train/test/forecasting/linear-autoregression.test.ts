import { expectClose } from "@internal/testing";
import { Generator, randn } from "@rnn/tensor";
import { LinearAutoregression } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

const training = airlinePassengers.slice(0, 120);

/** Coefficients by the normal equations (XᵀX + ridge) b = Xᵀy, solved by Cholesky: another way than the library's. */
function normalEquations(
  rows: readonly number[][],
  y: readonly number[],
  penalties: readonly number[],
): number[] {
  const n = penalties.length;
  const a = penalties.map((penalty, i) =>
    penalties.map((_, j) => rows.reduce((sum, x) => sum + x[i]! * x[j]!, i === j ? penalty : 0)),
  );
  const b = penalties.map((_, i) => rows.reduce((sum, x, t) => sum + x[i]! * y[t]!, 0));
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < n; i++) a[i]![j]! -= a[i]![k]! * a[j]![k]!;
    const root = Math.sqrt(a[j]![j]!);
    for (let i = j; i < n; i++) a[i]![j]! /= root;
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i]! -= a[i]![k]! * b[k]!;
    b[i]! /= a[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= a[k]![i]! * b[k]!;
    b[i]! /= a[i]![i]!;
  }
  return b;
}

function lagged(series: ArrayLike<number>, lags: readonly number[], constant: boolean): number[][] {
  return Array.from({ length: series.length - lags.at(-1)! }, (_, i) => [
    ...(constant ? [1] : []),
    ...lags.map((lag) => series[lags.at(-1)! + i - lag]!),
  ]);
}

describe("LinearAutoregression", () => {
  test("of 13 lags of the airline passengers agrees with NumPy's lstsq", () => {
    const model = new LinearAutoregression({ lags: 13 }).fit(training);
    const phi = [
      0.8324052248970093, -0.049648291050193416, 0.04555688573361019, -0.08011910889923632,
      0.12123513701776319, -0.15235424203337533, 0.12898813324189418, -0.13460147034222386,
      0.07368397575352326, -0.0532411336686765, 0.12604772481698912, 0.9575627896591283, -0.8180059643752882,
    ];
    expectClose(model.coefficients[0]!, phi, { rtol: 1e-9, atol: 1e-11 });
    expectClose(model.intercepts, [6.430398772919929], { rtol: 1e-9, atol: 0 });
    const forecast = model.forecast(training, 24);
    const want = [346.387361022281, 358.2325925209222, 381.46945301100214];
    expectClose(
      [0, 11, 23].map((h) => forecast[h]!),
      want,
      { rtol: 1e-10, atol: 0 },
    );
  });

  test("direct, with lags of choice and a ridge, agrees with NumPy", () => {
    const model = new LinearAutoregression({ lags: [12, 1, 2, 1], horizon: 3, ridge: 1000 }).fit(training);
    expect(model.lags).toEqual([1, 2, 12]);
    const want = [
      [0.30051182372281837, -0.10298952162731323, 0.8429870417157216],
      [-0.2182707321704412, 0.0365388646271365, 1.1738443952964597],
      [-0.44991075923922497, 0.23017529589242933, 1.1376241601865127],
    ];
    expectClose(model.coefficients.flat(), want.flat(), { rtol: 1e-10, atol: 1e-12 });
    expectClose(model.intercepts, [13.932434612229656, 37.2957884297779, 57.852705519223775], {
      rtol: 1e-10,
      atol: 0,
    });
  });

  test.each([
    ["c", 0],
    ["n", 0],
    ["c", 50],
    ["n", 50],
  ] as const)(
    "trend %s, ridge %d agrees with the normal equations over thousands of rows",
    (trend, ridge) => {
      const noise = randn([3000], { generator: new Generator(1), dtype: "float64" }).data;
      const series: number[] = [5, 6, 7, 8, 9, 8];
      for (let t = 6; t < 3000; t++) {
        series.push(3 + 0.5 * series[t - 1]! - 0.3 * series[t - 2]! + 0.4 * series[t - 6]! + noise[t]!);
      }
      const lags = [1, 2, 3, 4, 5, 6];
      const constant = trend === "c";
      const penalties = [...(constant ? [0] : []), ...lags.map(() => ridge)];
      const want = normalEquations(lagged(series, lags, constant), series.slice(6), penalties);
      const model = new LinearAutoregression({ lags: 6, trend, ridge }).fit(series);
      const got = [...(constant ? model.intercepts : []), ...model.coefficients[0]!];
      expectClose(got, want, { rtol: 1e-9, atol: 1e-11 });
      if (!constant) expect(model.intercepts).toEqual([0]);
    },
  );

  test("feeds chunks back beyond its horizon", () => {
    const model = new LinearAutoregression({ lags: 12, horizon: 5 }).fit(training);
    const first = model.forecast(training, 5);
    const second = model.forecast([...training, ...first], 2);
    expect(model.forecast(training, 7)).toEqual([...first, ...second]);
  });

  test("leaves out rows with a missing value", () => {
    const gappy = [...training];
    gappy[50] = Number.NaN;
    const rows = lagged(gappy, [1, 2], true).map((x, i) => ({ x, y: gappy[i + 2]! }));
    const whole = rows.filter(({ x, y }) => ![...x, y].some(Number.isNaN));
    expect(whole.length).toBe(rows.length - 3);
    const want = normalEquations(
      whole.map(({ x }) => x),
      whole.map(({ y }) => y),
      [0, 0, 0],
    );
    const model = new LinearAutoregression({ lags: 2 }).fit(gappy);
    expectClose([...model.intercepts, ...model.coefficients[0]!], want, { rtol: 1e-9, atol: 0 });
    expect(() => model.forecast([1, Number.NaN], 1)).toThrow(
      "LinearAutoregression.forecast: history has no value at lag 1; fill it (forwardFill)",
    );
  });

  test("says what does not fit", () => {
    expect(() => new LinearAutoregression({ lags: 2 }).fit([1, 2, 4, 8])).toThrow(
      "LinearAutoregression.fit: series of 4 steps gives 2 rows, fewer than the 3 unknowns",
    );
    const line = Array.from({ length: 20 }, (_, t) => t);
    expect(() => new LinearAutoregression({ lags: 2 }).fit(line)).toThrow(
      "LinearAutoregression.fit: lag 2 depends linearly on the ones before; pass fewer lags or a ridge above 0",
    );
    expect(() => new LinearAutoregression({ lags: 1 }).fit(new Array(20).fill(3))).toThrow(
      "LinearAutoregression.fit: every value at lag 1 is the same, so nothing depends on it; pass a ridge above 0",
    );
    const model = new LinearAutoregression({ lags: 2, ridge: 1e-9 }).fit(line);
    expectClose(model.forecast(line, 2), [20, 21], { rtol: 1e-6, atol: 0 });
    expect(() => model.forecast([1], 1)).toThrow(
      "LinearAutoregression.forecast: history has 1 steps, fewer than the longest lag 2",
    );
    expect(() => new LinearAutoregression({ lags: 1 }).forecast([1], 1)).toThrow(
      "LinearAutoregression.forecast: call fit first",
    );
    expect(() => new LinearAutoregression({ lags: 0 })).toThrow("lags must be an integer >= 1, got 0");
    expect(() => new LinearAutoregression({ lags: [1.5] })).toThrow("a lag must be an integer >= 1, got 1.5");
    expect(() => new LinearAutoregression({ lags: 1, ridge: -1 })).toThrow(
      "LinearAutoregression: ridge must be a finite number >= 0, got -1",
    );
  });
});
