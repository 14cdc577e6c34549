import { ShapeError, type Tensor } from "@rnn/tensor";
import {
  checkInteger,
  checkList,
  checkOptions,
  checkTensor,
  describe,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import type { Metric } from "../fit/metrics.ts";

/**
 * What the metrics of regression have in common.
 *
 * @public
 */
export interface ErrorMetricOptions {
  /** Targets of this value do not count, `NaN` included. Default: all count. */
  ignoreValue?: number | undefined;
}

const OPTIONS: OptionNames<ErrorMetricOptions> = { ignoreValue: true };

/**
 * Mean absolute error: mean |y - ŷ|, in the unit of the targets.
 *
 * @remarks
 * Output and targets have one shape.
 *
 * @throws TypeError for an unknown option.
 * @throws ShapeError if output and targets have different shapes.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { meanAbsoluteError } from "@rnn/train/metrics";
 *
 * const metric = meanAbsoluteError({ ignoreValue: NaN });
 * metric.update(tensor([1, 5, 7]), tensor([2, 2, NaN]));
 * metric.value; // => 2
 * ```
 *
 * @public
 */
export function meanAbsoluteError(options: ErrorMetricOptions = {}): Metric {
  return errorMetric("meanAbsoluteError", options, absolute);
}

/**
 * Root mean squared error: √(mean (y - ŷ)²), in the unit of the targets; one large error weighs more than several small ones.
 *
 * @remarks
 * Output and targets have one shape. The mean is over all elements of all batches, the root is taken of it once.
 *
 * @throws TypeError for an unknown option.
 * @throws ShapeError if output and targets have different shapes.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { rootMeanSquaredError } from "@rnn/train/metrics";
 *
 * const metric = rootMeanSquaredError();
 * metric.update(tensor([1, 5]), tensor([2, -2]));
 * metric.value; // √((1 + 49) / 2) => 5
 * ```
 *
 * @public
 */
export function rootMeanSquaredError(options: ErrorMetricOptions = {}): Metric {
  return errorMetric("rootMeanSquaredError", options, (error) => error * error, Math.sqrt);
}

/**
 * Mean absolute percentage error as a share: mean |y - ŷ| / |y|, so 0.1 for 10 %.
 *
 * @remarks
 * Output and targets have one shape. |y| counts as at least 2.2e-16, as in scikit-learn: where a target is 0, an error of 1 counts
 * as 4503599627370496, and one such target decides the mean. Leave targets of 0 out with `ignoreValue: 0`, or take
 * {@link meanAbsoluteScaledError}.
 *
 * @throws TypeError for an unknown option.
 * @throws ShapeError if output and targets have different shapes.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { meanAbsolutePercentageError } from "@rnn/train/metrics";
 *
 * const metric = meanAbsolutePercentageError();
 * metric.update(tensor([110, 40]), tensor([100, 50]));
 * metric.value; // => 0.15
 *
 * const withZero = meanAbsolutePercentageError({ ignoreValue: 0 });
 * withZero.update(tensor([110, 40, 1]), tensor([100, 50, 0]));
 * withZero.value; // => 0.15
 * ```
 *
 * @public
 */
export function meanAbsolutePercentageError(options: ErrorMetricOptions = {}): Metric {
  return errorMetric(
    "meanAbsolutePercentageError",
    options,
    (error, y) => Math.abs(error) / Math.max(Math.abs(y), Number.EPSILON),
  );
}

/**
 * Options of {@link meanAbsoluteScaledError}.
 *
 * @public
 */
export interface ScaledErrorOptions extends ErrorMetricOptions {
  /** The series that the model was fitted to, in the unit of the targets. */
  training: ArrayLike<number>;
  /** Steps of a season: the naive forecast repeats the value of one season ago. Default 1: the last value. */
  season?: number | undefined;
}

/**
 * Mean absolute scaled error: the mean absolute error, divided by that of the (seasonal) naive forecast on the training series.
 *
 * mean |y - ŷ| / mean_t |x_t - x_(t - season)|: below 1 is better than repeating the value of one season ago.
 *
 * @remarks
 * Output and targets have one shape. Source: Hyndman & Koehler 2006.
 *
 * @throws TypeError for an unknown option, or if `training` is not a list.
 * @throws RangeError if `season` is not a whole number of at least 1, or `training` is not longer than it, or repeats itself
 * exactly, or has a value that is not finite.
 * @throws ShapeError if output and targets have different shapes.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { meanAbsoluteScaledError } from "@rnn/train/metrics";
 *
 * const metric = meanAbsoluteScaledError({ training: [1, 3, 5, 7] }); // the naive forecast is off by 2
 * metric.update(tensor([9.5, 12]), tensor([9, 11]));
 * metric.value; // => 0.375
 * ```
 *
 * @public
 */
export function meanAbsoluteScaledError(options: ScaledErrorOptions): Metric {
  const where = "meanAbsoluteScaledError";
  checkOptions(where, options, { ...OPTIONS, training: true, season: true });
  const { training, season = 1, ...rest } = options;
  const scale = naiveError(where, training, season);
  return errorMetric(where, rest, absolute, (mean) => mean / scale);
}

const absolute = (error: number): number => Math.abs(error);

/** A metric that is the mean over all elements of a function of error and target, and what `finish` makes of it. */
function errorMetric(
  where: string,
  options: ErrorMetricOptions,
  term: (error: number, target: number) => number,
  finish: (mean: number) => number = (mean) => mean,
): Metric {
  checkOptions(where, options, OPTIONS);
  const { ignoreValue } = options;
  if (ignoreValue !== undefined && typeof ignoreValue !== "number") {
    throw wrongKind(where, "ignoreValue", "a number", ignoreValue);
  }
  const ignoresNaN = Number.isNaN(ignoreValue);
  let sum = 0;
  let count = 0;
  return {
    mode: "min",
    update(output, targets) {
      checkTensor(where, "output", output);
      checkTensor(where, "targets", targets);
      checkSameShape(where, output, targets);
      const predicted = output.contiguous();
      const wanted = targets.contiguous();
      for (let i = 0; i < targets.size; i++) {
        const y = wanted.data[wanted.offset + i]!;
        if (y === ignoreValue || (ignoresNaN && Number.isNaN(y))) continue;
        sum += term(y - predicted.data[predicted.offset + i]!, y);
        count++;
      }
    },
    get value() {
      return finish(sum / count);
    },
  };
}

function checkSameShape(where: string, output: Tensor, targets: Tensor): void {
  if (String(output.shape) === String(targets.shape)) return;
  throw new ShapeError(
    `${where}: output of shape [${output.shape.join(",")}], but targets of shape [${targets.shape.join(",")}]`,
  );
}

/** Mean absolute error of the seasonal naive forecast within a series. */
function naiveError(where: string, series: ArrayLike<number>, season: number): number {
  checkList(where, "training", series, "numbers");
  checkInteger(where, "season", season, 1);
  const terms = series.length - season;
  let sum = 0;
  for (let t = season; t < series.length; t++) sum += Math.abs(series[t]! - series[t - season]!);
  if (terms > 0 && sum > 0 && Number.isFinite(sum)) return sum / terms;
  const what =
    terms <= 0
      ? `has ${series.length} values, which must be more than a season of ${season}`
      : sum === 0
        ? "repeats itself exactly, so there is no error to scale by"
        : `has values that are not finite numbers (their naive error is ${describe(sum)})`;
  throw new RangeError(`${where}: training ${what}`);
}
