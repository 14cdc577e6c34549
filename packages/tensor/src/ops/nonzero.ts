import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * The positions of all elements that are not zero, in row-major order.
 *
 * @remarks
 * Shapes: x with n dimensions gives an int32 `[count, n]`, one row per element. NaN is not zero.
 *
 * @example
 * ```ts
 * import { nonzero, tensor } from "@rnn/tensor";
 *
 * nonzero(tensor([[0, 5], [6, 0]])).toArray(); // => [[0, 1], [1, 0]]
 * ```
 *
 * @public
 */
export function nonzero(x: Tensor): Tensor {
  checkTensor("nonzero", x);
  const { data, offset } = x.contiguous();
  let count = 0;
  for (let i = 0; i < x.size; i++) if (data[offset + i] !== 0) count++;
  const out = new Int32Array(count * x.ndim);
  let to = 0;
  for (let i = 0; i < x.size; i++) {
    if (data[offset + i] === 0) continue;
    // the digits of the position, from the last dimension on
    let rest = i;
    for (let d = x.ndim - 1; d >= 0; d--) {
      out[to + d] = rest % x.shape[d]!;
      rest = Math.floor(rest / x.shape[d]!);
    }
    to += x.ndim;
  }
  return new Tensor(out, [count, x.ndim]);
}
