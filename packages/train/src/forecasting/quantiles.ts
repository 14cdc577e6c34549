import { add, quantileLoss, Variable } from "@rnn/nn";
import { ShapeError, sort, Tensor } from "@rnn/tensor";
import { checkList, describe, wrongKind } from "../check.ts";

/**
 * Pinball loss of several quantiles at once: the mean over all elements and quantiles of max(q d, (q - 1) d), d = y - ŷ_q.
 *
 * @remarks
 * Output `[..., Q]`, one column per quantile, for targets `[...]`. `quantileLoss` of `@rnn/nn` is the loss of one quantile. Twice
 * this mean over many quantiles is about the continuous ranked probability score. Source: Koenker & Bassett 1978.
 *
 * @param output - forecast quantiles
 * @param targets - the actual values
 * @param quantiles - which ones they are, increasing, each between 0 and 1
 * @throws TypeError if `output` is neither variable nor tensor.
 * @throws RangeError if `quantiles` are not increasing numbers between 0 and 1.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { pinballLoss } from "@rnn/train/forecasting";
 *
 * // (0.1 * 2 + 0.5 * 1 + 0.1 * 4) / 3
 * pinballLoss(tensor([[1, 2, 7]]), tensor([3]), [0.1, 0.5, 0.9]).item().toFixed(6); // => "0.366667"
 * ```
 *
 * @public
 */
export function pinballLoss(
  output: Variable | Tensor,
  targets: Variable | Tensor,
  quantiles: readonly number[],
): Variable {
  const where = "pinballLoss";
  checkQuantiles(where, quantiles);
  const forecast = asVariable(where, "output", output);
  const wanted = asVariable(where, "targets", targets);
  checkQuantileShape(where, forecast.shape, wanted.shape, quantiles.length);
  const losses = quantiles.map((quantile, k) => quantileLoss(forecast.select(-1, k), wanted, { quantile }));
  return losses.reduce((sum, loss) => add(sum, loss)).mul(1 / quantiles.length);
}

/**
 * Sorts forecast quantiles, so that none crosses another: a larger quantile is never below a smaller one.
 *
 * @remarks
 * Output `[..., Q]` to the same shape. Networks forecast each quantile by itself and may put the 0.6 quantile below the 0.5;
 * sorting never makes the pinball loss worse. Source: Chernozhukov, Fernández-Val & Galichon 2010, "Quantile and probability curves
 * without crossing".
 *
 * @throws TypeError if `output` is no tensor.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { sortQuantiles } from "@rnn/train/forecasting";
 *
 * sortQuantiles(tensor([[1, 3, 2], [4, 5, 6]])).toArray(); // => [[1, 2, 3], [4, 5, 6]]
 * ```
 *
 * @public
 */
export function sortQuantiles(output: Tensor): Tensor {
  if (!(output instanceof Tensor)) throw wrongKind("sortQuantiles", "output", "a Tensor", output);
  return sort(output, { dim: -1 }).values;
}

/** Throws unless quantiles are increasing numbers between 0 and 1. */
export function checkQuantiles(where: string, quantiles: readonly number[]): void {
  checkList(where, "quantiles", quantiles, "numbers");
  const isFine = (q: number, k: number): boolean => q > (k === 0 ? 0 : quantiles[k - 1]!) && q < 1;
  if (quantiles.length > 0 && quantiles.every(isFine)) return;
  throw new RangeError(
    `${where}: quantiles must be increasing numbers between 0 and 1, got ${describe(quantiles)}`,
  );
}

/** Throws unless an output `[..., Q]` fits targets `[...]`. */
export function checkQuantileShape(
  where: string,
  output: readonly number[],
  targets: readonly number[],
  count: number,
): void {
  if (String(output) === String([...targets, count])) return;
  throw new ShapeError(
    `${where}: output of shape [${output.join(",")}] for targets of shape [${targets.join(",")}], ` +
      `expected [${[...targets, count].join(",")}] with ${count} quantiles as the last dimension`,
  );
}

function asVariable(where: string, name: string, value: Variable | Tensor): Variable {
  if (value instanceof Variable) return value;
  if (value instanceof Tensor) return new Variable(value);
  throw wrongKind(where, name, "a Variable or Tensor", value);
}
