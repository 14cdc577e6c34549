import { Tensor } from "@rnn/tensor";
import {
  meanAbsoluteError,
  meanAbsolutePercentageError,
  rootMeanSquaredError,
} from "../metrics/regression-errors.ts";
import { intervalCoverage, meanPinballLoss } from "./quantile-metrics.ts";

/**
 * How good forecasts were. Steps that were not observed do not count.
 *
 * @public
 */
export interface ForecastScores {
  /** Mean absolute error, in the unit of the series. */
  readonly mae: number;
  /** Root mean squared error, in the unit of the series. */
  readonly rmse: number;
  /** Mean absolute percentage error as a share: 0.1 for 10 %. */
  readonly mape: number;
  /** Mean absolute scaled error: `mae` over that of the seasonal naive forecast before the first origin; `null` if that is 0. */
  readonly mase: number | null;
  /** Mean absolute error of each step ahead, `[horizon]`. */
  readonly maeByStep: readonly number[];
  /** Mean pinball loss of the quantiles; `null` without any. */
  readonly pinball: number | null;
  /** Share of steps at or below each quantile; that of a perfect forecast is the quantile itself. `null` without any. */
  readonly coverage: readonly number[] | null;
  /** Share of steps between the lowest and the highest quantile; `null` without any. */
  readonly intervalCoverage: number | null;
}

/** What scores are made of. */
export interface Scored {
  /** Actual values, `[origins][horizon]`. */
  readonly actual: readonly (readonly number[])[];
  /** Point forecasts, `[origins][horizon]`. */
  readonly forecasts: readonly (readonly number[])[];
  /** Quantiles, `[origins][horizon][Q]`. */
  readonly quantileForecasts: readonly (readonly (readonly number[])[])[] | null;
  readonly quantiles: readonly number[];
  /** What the scaled error is scaled by; see {@link naiveError}. */
  readonly scale: number;
}

/** Scores of the forecasts from all origins together. */
export function scoresOf({ actual, forecasts, quantileForecasts, quantiles, scale }: Scored): ForecastScores {
  const truth = matrix(actual);
  const point = matrix(forecasts);
  const ignoreValue = Number.NaN;
  const of = (metric: ReturnType<typeof meanAbsoluteError>, output = point, targets = truth): number => {
    metric.update(output, targets);
    return metric.value;
  };
  const mae = of(meanAbsoluteError({ ignoreValue }));
  const steps = actual[0]?.length ?? 0;
  const bands = quantileForecasts === null ? null : cube(quantileForecasts);
  return {
    mae,
    rmse: of(rootMeanSquaredError({ ignoreValue })),
    mape: of(meanAbsolutePercentageError({ ignoreValue })),
    mase: scale > 0 ? mae / scale : null,
    maeByStep: Array.from({ length: steps }, (_, h) =>
      of(meanAbsoluteError({ ignoreValue }), point.select(1, h), truth.select(1, h)),
    ),
    pinball: bands && of(meanPinballLoss({ quantiles }), bands),
    coverage: quantileForecasts && quantiles.map((_, k) => shareAtOrBelow(actual, quantileForecasts, k)),
    intervalCoverage: bands && of(intervalCoverage({ quantiles }), bands),
  };
}

/** Mean absolute error of the seasonal naive forecast within a series, over the steps observed; 0 if there is none. */
export function naiveError(series: Float64Array, season: number): number {
  let sum = 0;
  let count = 0;
  for (let t = season; t < series.length; t++) {
    const error = Math.abs(series[t]! - series[t - season]!);
    if (Number.isNaN(error)) continue;
    sum += error;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function shareAtOrBelow(
  actual: Scored["actual"],
  forecasts: NonNullable<Scored["quantileForecasts"]>,
  k: number,
): number {
  let below = 0;
  let count = 0;
  for (const [n, row] of actual.entries()) {
    for (const [h, y] of row.entries()) {
      if (Number.isNaN(y)) continue;
      below += Number(y <= forecasts[n]![h]![k]!);
      count++;
    }
  }
  return below / count;
}

function matrix(rows: readonly (readonly number[])[]): Tensor {
  return new Tensor(Float64Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0]);
}

function cube(blocks: readonly (readonly (readonly number[])[])[]): Tensor {
  const [block] = blocks;
  return new Tensor(Float64Array.from(blocks.flat(2)), [
    blocks.length,
    block?.length ?? 0,
    block?.[0]?.length ?? 0,
  ]);
}
