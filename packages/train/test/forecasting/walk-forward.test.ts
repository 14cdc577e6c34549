import { expectClose } from "@internal/testing";
import { tensor } from "@rnn/tensor";
import {
  type Forecaster,
  type ForecasterFactory,
  LinearAutoregression,
  MinMaxScaler,
  naive,
  StandardScaler,
  seasonalNaive,
  walkForward,
} from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";
import { airlinePassengers } from "./airline-passengers.ts";

/** A scaler fitted to the training part, an autoregression of scaled values, and back. */
const scaled: ForecasterFactory = (training) => {
  const scaler = new StandardScaler().fit(training);
  const model = new LinearAutoregression({ lags: 13 }).fit(scaler.transform(training));
  return {
    forecast: (history, horizon) =>
      scaler.inverseTransform(model.forecast(scaler.transform(history), horizon)),
  };
};

describe("walkForward", () => {
  test("never lets a scaler or a model see the future: a poisoned one changes nothing before it", async () => {
    const options = { start: 96, horizon: 6, stride: 6, refitEvery: 2, season: 12 } as const;
    const models = {
      scaled,
      seasonal: seasonalNaive({ season: 12, drift: true }),
      minMax: ((training: Float64Array) => {
        const scaler = new MinMaxScaler().fit(training);
        return {
          forecast: (_: ArrayLike<number>, horizon: number) =>
            scaler.inverseTransform(new Array(horizon).fill(1)),
        };
      }) satisfies ForecasterFactory,
    };
    const honest = await walkForward(airlinePassengers, models, options);
    for (const [i, origin] of honest.origins.entries()) {
      const poisoned = airlinePassengers.map((value, t) => (t < origin ? value : 1e6));
      const walk = await walkForward(poisoned, models, options);
      for (const name of ["scaled", "seasonal", "minMax"] as const) {
        const until = i + 1; // this origin's forecast is made from what was before it, too
        expect(walk.models[name].forecasts.slice(0, until)).toEqual(
          honest.models[name].forecasts.slice(0, until),
        );
      }
    }
  });

  test("the poison is noticed where a scaler is fitted to everything", async () => {
    const leaky = (all: readonly number[]): ForecasterFactory => {
      const scaler = new MinMaxScaler().fit(all);
      return () => ({ forecast: (_, horizon) => scaler.inverseTransform(new Array(horizon).fill(1)) });
    };
    const options = { start: 96, horizon: 6 };
    const poisoned = airlinePassengers.map((value, t) => (t < 96 ? value : 1e6));
    const honest = await walkForward(airlinePassengers, { leaky: leaky(airlinePassengers) }, options);
    const walk = await walkForward(poisoned, { leaky: leaky(poisoned) }, options);
    expect(walk.models.leaky.forecasts[0]).not.toEqual(honest.models.leaky.forecasts[0]);
  });

  test("a model cannot write into the series, nor reach what lies behind its copy", async () => {
    const series = airlinePassengers.slice(0, 30);
    const vandal: Forecaster = {
      forecast(history, horizon, context) {
        expect([history.length, context?.past.data.length]).toEqual([context?.origin, context?.origin]);
        expect((history as Float64Array).buffer.byteLength).toBe(8 * history.length);
        (history as Float64Array).fill(0);
        context?.past.data.fill(0);
        return new Array(horizon).fill(0);
      },
    };
    const { models } = await walkForward(series, { vandal, naive: naive() }, { start: 12, horizon: 3 });
    expect(models.naive.forecasts[5]).toEqual(new Array(3).fill(series[26]));
  });

  test("refits from all that is known, or from the latest steps, when it is told to", async () => {
    const calls: [number, number, number][] = [];
    const factory: ForecasterFactory = (training, { origin }) => {
      calls.push([origin, training.length, training[0]!]);
      return naive();
    };
    const series = Array.from({ length: 20 }, (_, t) => t);
    const walk = (options: object) =>
      walkForward(series, { factory }, { start: 10, horizon: 2, stride: 1, end: 15, ...options });
    expect((await walk({})).origins).toEqual([10, 11, 12, 13]);
    await walk({ refitEvery: 2 });
    await walk({ refitEvery: 3, trainingSteps: 4 });
    expect(calls).toEqual([
      [10, 10, 0],
      [10, 10, 0],
      [12, 12, 0],
      [10, 4, 6],
      [13, 4, 9],
    ]);
  });

  test("forecasts one of several variables, and shows the others", async () => {
    const rows = Array.from({ length: 10 }, (_, t) => [t, 100 + t]);
    const copy: Forecaster = {
      forecast: (history, horizon, context) => {
        expect(history[7]).toBe(107);
        expect(context?.past.shape).toEqual([context?.origin, 2]);
        const rows = context!.past.toArray() as number[][];
        return new Array(horizon).fill(rows[7]);
      },
    };
    const options = { start: 8, horizon: 2, target: 1 };
    await expect(walkForward(tensor(rows), { copy }, options)).rejects.toThrow(
      "walkForward: copy: forecast from origin 8: result has 2 values per step for 0 quantiles; pass the option quantiles",
    );
    const { actual, models } = await walkForward(rows, { copy }, { ...options, quantiles: [0.5, 0.9] });
    expect(actual).toEqual([[108, 109]]);
    expect(models.copy.forecasts).toEqual([[7, 7]]);
    expect(models.copy.quantileForecasts).toEqual([
      [
        [7, 107],
        [7, 107],
      ],
    ]);
  });

  test("takes tensors for lists", async () => {
    const options = { start: 2, horizon: 2, quantiles: [0.1, 0.5] };
    const points: Forecaster = { forecast: () => tensor([3, 4]) };
    const bands: Forecaster = {
      forecast: () =>
        tensor([
          [1, 3],
          [2, 4],
        ]),
    };
    const { models } = await walkForward([1, 2, 3, 4], { points, bands }, options);
    expect([models.points.forecasts, models.points.quantileForecasts]).toEqual([[[3, 4]], null]);
    expect(models.bands.forecasts).toEqual([[3, 4]]);
    expect(models.bands.scores.coverage).toEqual([0, 1]);
  });

  test("scores by the definitions, step by step and quantile by quantile, without what was not observed", async () => {
    const series = [1, 2, 4, 7, 3, Number.NaN, 6, 2];
    const forecast: Forecaster = {
      forecast: () => [
        [2, 4, 5],
        [1, 3, 4],
      ],
    };
    const { models } = await walkForward(
      series,
      { forecast },
      { start: 4, horizon: 2, quantiles: [0.1, 0.5, 0.9] },
    );
    const { scores } = models.forecast;
    // 3 and nothing, 6 and 2, forecast as 4 and 3
    expect(scores.mae).toBeCloseTo((1 + 2 + 1) / 3, 14);
    expect(scores.rmse).toBeCloseTo(Math.sqrt(6 / 3), 14);
    expect(scores.mape).toBeCloseTo((1 / 3 + 2 / 6 + 1 / 2) / 3, 14);
    expect(scores.mase).toBeCloseTo(4 / 3 / 2, 14);
    expect(scores.maeByStep).toEqual([1.5, 1]);
    expect(scores.coverage).toEqual([0, 2 / 3, 2 / 3]);
    expectClose([scores.intervalCoverage!], [2 / 3], { rtol: 1e-15, atol: 0 });
    const pinball = (0.1 * 1 + 0.5 + 0.1 * 2 + (0.1 * 4 + 0.5 * 2 + 0.9) + (0.1 * 1 + 0.5 + 0.1 * 2)) / 9;
    expect(scores.pinball).toBeCloseTo(pinball, 14);
    const constant = await walkForward([3, 3, 3, 4], { forecast: naive() }, { start: 3, horizon: 1 });
    expect(constant.models.forecast.scores).toMatchObject({
      mae: 1,
      mase: null,
      pinball: null,
      coverage: null,
    });
  });

  test("says what does not fit", async () => {
    const series = [1, 2, 3, 4, 5];
    const walk = (options: object, model: unknown = naive()) =>
      walkForward(series, { m: model as Forecaster }, { horizon: 2, start: 2, ...options });
    await expect(walk({ start: 4 })).rejects.toThrow(
      "walkForward: no origin fits: start 4 + horizon 2 is beyond the end of the series at 5",
    );
    await expect(walk({ end: 6 })).rejects.toThrow("walkForward: end is 6, but series has 5 steps");
    await expect(walk({ quantiles: [0.1, 0.9] })).rejects.toThrow(
      "walkForward: quantiles must have 0.5 among them, which is scored as the forecast, got [0.1, 0.9]",
    );
    await expect(walk({ target: 1 })).rejects.toThrow(
      "walkForward: target has 1, but there are 1 variables, 0..0",
    );
    await expect(walk({ refit: 1 })).rejects.toThrow('walkForward: unknown option "refit"');
    await expect(walk({}, () => 3)).rejects.toThrow(
      "walkForward: m: a model must be a forecaster, or a function that makes one, got 3",
    );
    await expect(walk({}, { forecast: () => [1] })).rejects.toThrow(
      "walkForward: m: forecast from origin 2: result has 1 steps, expected 2",
    );
    await expect(walk({}, { forecast: () => [1, Number.NaN] })).rejects.toThrow(
      "walkForward: m: forecast from origin 2: result has NaN at step 1",
    );
  });
});
