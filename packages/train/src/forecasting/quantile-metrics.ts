import type { Tensor } from "@rnn/tensor";
import { checkOptions, checkTensor, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import { checkQuantileShape, checkQuantiles } from "./quantiles.ts";

/**
 * Options of metrics of quantiles.
 *
 * @public
 */
export interface QuantileMetricOptions {
  /** The quantiles in the last dimension of the output, increasing, each between 0 and 1. */
  quantiles: readonly number[];
}

const OPTIONS: OptionNames<QuantileMetricOptions> = { quantiles: true };

/**
 * Mean pinball loss: the mean over targets and quantiles of max(q d, (q - 1) d), d = y - ŷ_q, in the unit of the targets.
 *
 * @remarks
 * Output `[..., Q]`, targets `[...]`; NaN among the targets does not count. Source: Koenker & Bassett 1978.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `quantiles` are not increasing numbers between 0 and 1.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { meanPinballLoss } from "@rnn/train/forecasting";
 *
 * const metric = meanPinballLoss({ quantiles: [0.25, 0.75] });
 * metric.update(tensor([[2, 8]]), tensor([4])); // (0.25 * 2 + 0.25 * 4) / 2
 * metric.value; // => 0.75
 * ```
 *
 * @public
 */
export function meanPinballLoss(options: QuantileMetricOptions): Metric {
  return quantileMetric("meanPinballLoss", options, pinball, "min");
}

/**
 * Share of targets between the lowest and the highest quantile, both included: 0.8 if the 0.1 and 0.9 quantiles are right.
 *
 * @remarks
 * Output `[..., Q]`, targets `[...]`; NaN among the targets does not count.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `quantiles` are not increasing numbers between 0 and 1.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { intervalCoverage } from "@rnn/train/forecasting";
 *
 * const metric = intervalCoverage({ quantiles: [0.1, 0.9] });
 * metric.update(tensor([[1, 3], [1, 3], [1, 3], [1, 3]]), tensor([0, 2, 3, NaN]));
 * metric.value.toFixed(3); // => "0.667"
 * ```
 *
 * @public
 */
export function intervalCoverage(options: QuantileMetricOptions): Metric {
  return quantileMetric("intervalCoverage", options, isCovered);
}

/** What is averaged: a function of the target, its forecast quantiles, and which ones they are. */
type Term = (target: number, forecast: (k: number) => number, quantiles: readonly number[]) => number;

const pinball: Term = (y, forecast, quantiles) => {
  let sum = 0;
  for (const [k, q] of quantiles.entries()) {
    const d = y - forecast(k);
    sum += Math.max(q * d, (q - 1) * d);
  }
  return sum / quantiles.length;
};

const isCovered: Term = (y, forecast, quantiles) =>
  Number(y >= forecast(0) && y <= forecast(quantiles.length - 1));

/** A metric that is the mean of a term over all targets. */
function quantileMetric(where: string, options: QuantileMetricOptions, term: Term, mode?: "min"): Metric {
  checkOptions(where, options, OPTIONS);
  const { quantiles } = options;
  checkQuantiles(where, quantiles);
  const columns = quantiles.length;
  let sum = 0;
  let count = 0;
  return {
    mode,
    update(output: Tensor, targets: Tensor) {
      checkTensor(where, "output", output);
      checkTensor(where, "targets", targets);
      checkQuantileShape(where, output.shape, targets.shape, columns);
      const forecast = output.contiguous();
      const wanted = targets.contiguous();
      for (let i = 0; i < wanted.size; i++) {
        const y = wanted.data[wanted.offset + i]!;
        if (Number.isNaN(y)) continue;
        sum += term(y, (k) => forecast.data[forecast.offset + i * columns + k]!, quantiles);
        count++;
      }
    },
    get value() {
      return sum / count;
    },
  };
}
