import { checkOptions, type OptionKinds } from "../options.ts";
import { describe, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { sub } from "./arithmetic.ts";
import { ne } from "./comparison.ts";
import { checkTensor } from "./elementwise.ts";
import { type SliceSpec, slice } from "./slice.ts";

/**
 * Options of {@link diff}.
 *
 * @public
 */
export interface DiffOptions {
  /** How many times differences are taken; 1 if absent. */
  readonly n?: number | undefined;
  /** The dimension, negative from the end; the last one if absent. */
  readonly dim?: number | undefined;
}

const diffKinds: OptionKinds<DiffOptions> = { n: "number", dim: "number" };

/**
 * The differences of neighbours along a dimension: y[i] = x[i + 1] - x[i].
 *
 * @remarks
 * The dimension gets shorter by `n`, down to 0. Of truth values it is whether they differ.
 *
 * @throws RangeError if the dimension is out of range, the tensor is 0-d, or `n` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { diff, tensor } from "@rnn/tensor";
 *
 * diff(tensor([1, 4, 9, 16])).toArray(); // => [3, 5, 7]
 * diff(tensor([1, 4, 9, 16]), { n: 2 }).toArray(); // => [2, 2]
 * ```
 *
 * @public
 */
export function diff(x: Tensor, options: DiffOptions = {}): Tensor {
  checkTensor("diff", x);
  checkOptions("diff", options, diffKinds);
  const { n = 1, dim = -1 } = options;
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`diff: n is ${describe(n)}, expected a non-negative integer`);
  if (x.ndim === 0) throw new RangeError("diff: a 0-d tensor has no dimension to take differences along");
  const before: SliceSpec[] = Array<null>(normalizeDim("diff", dim, x.ndim)).fill(null);
  const d = before.length;
  const difference = x.dtype === "bool" ? ne : sub;
  let y = x;
  for (let i = 0; i < n && y.shape[d]! > 0; i++) {
    y = difference(slice(y, [...before, [1]]), slice(y, [...before, [0, -1]]));
  }
  return y;
}
