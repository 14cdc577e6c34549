import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkFloat } from "../dtype.ts";
import { printShape, sameShape } from "../shape.ts";
import { checkTensor } from "./operand.ts";

/**
 * The mean of the elements that a mask picks: of a loss per step, over the steps before the end.
 *
 * @remarks
 * Shapes: `mask` bool, with the leading dimensions of `x` (`[L, N]` for `x` `[L, N]` or `[L, N, H]`), the result `[]`; NaN if
 * the mask picks nothing. What it does not pick, NaN included, is never looked at. Gradient: `dy / count` for every element
 * that was picked.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the mask does not have the leading dimensions of `x`.
 * @throws TypeError if the mask is not bool, or `x` not floating.
 *
 * @example
 * ```ts
 * import { maskedMean, mseLoss, sequenceMask, variable } from "@rnn/nn";
 *
 * const prediction = variable([[1, 2], [3, 9]]); // [L, N]
 * const losses = mseLoss(prediction, variable([[0, 0], [0, 0]]), { reduction: "none" });
 * maskedMean(losses, sequenceMask([2, 1])).item(); // => 4.6667
 * ```
 *
 * @public
 */
export function maskedMean(x: Variable | Tensor, mask: Tensor): Variable {
  const value = checkTensor("maskedMean", "input", x).contiguous();
  checkFloat("maskedMean", "input", value.dtype);
  const chosen = checkTensor("maskedMean", "mask", mask);
  if (chosen.dtype !== "bool") throw new TypeError(`maskedMean: mask is ${chosen.dtype}, expected bool`);
  if (!sameShape(chosen.shape, value.shape.slice(0, chosen.ndim))) {
    throw new ShapeError(
      `maskedMean: mask has shape ${printShape(chosen.shape)}, which is not how the input's shape ${printShape(value.shape)} begins`,
    );
  }
  const { data: picks, offset: first, size: places } = chosen.contiguous();
  const width = places === 0 ? 0 : value.size / places;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < places; i++) {
    if (picks[first + i] === 0) continue;
    const start = value.offset + i * width;
    for (let at = start; at < start + width; at++) sum += value.data[at]!;
    count += width;
  }
  const y = zeros([], { dtype: value.dtype });
  y.data[0] = sum / count;
  return record("maskedMean", [x], y, (dy) => {
    const dx = zeros(value.shape, { dtype: dy.dtype });
    const each = dy.item() / count;
    for (let i = 0; i < places; i++)
      if (picks[first + i] !== 0) dx.data.fill(each, i * width, (i + 1) * width);
    return [dx];
  });
}
