import { allocate } from "../dtype.ts";
import { formatShape } from "../errors.ts";
import { describe, sizeOf } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkChoice, layReduction, type ReduceOptions, startOfRun } from "./reduction.ts";
import { checkFloat } from "./sum.ts";

/**
 * The number below which a share `q` of the elements lies, of all of them or along dimensions.
 *
 * @remarks
 * Between two elements it is interpolated linearly, as in PyTorch and NumPy; NaN if there is one. Several shares make a
 * new first dimension.
 *
 * @throws RangeError if a share is not in 0..1 or a dimension is out of range; {@link ShapeError} if there is nothing to
 * choose from; TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { quantile, tensor } from "@rnn/tensor";
 *
 * const x = tensor([[1, 2, 3, 10], [0, 0, 4, 4]]);
 * quantile(x, 0.5, { dim: 1 }).toArray(); // => [2.5, 2]
 * quantile(x, [0, 0.9]).toArray(); // => [0, 5.8]
 * ```
 *
 * @public
 */
export function quantile(x: Tensor, q: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("quantile", x, options);
  const { data, outer, n, inner, shape } = reduction;
  checkFloat("quantile", x);
  const shares: readonly number[] = typeof q === "number" ? [q] : q;
  if (!(Array.isArray(shares) && shares.every(isShare))) {
    const given = Array.isArray(q) ? formatShape(q) : describe(q);
    throw new RangeError(`quantile: q is ${given}, expected a number in 0..1 or several`);
  }
  checkChoice("quantile", x, reduction);
  const count = outer * inner;
  const wanted = typeof q === "number" ? shape : [shares.length, ...shape];
  const out = allocate(x.dtype, sizeOf("quantile", wanted));
  const run = new Float64Array(n);
  for (let r = 0; r < count; r++) {
    const start = startOfRun(reduction, r);
    for (let j = 0; j < n; j++) run[j] = data[start + j * inner]!;
    // NaN comes last
    run.sort();
    shares.forEach((share, i) => {
      const position = share * (n - 1);
      const below = Math.floor(position);
      const low = run[below]!;
      const rest = position - below;
      // without a rest there may be no element above, or an infinite one
      const value = rest === 0 ? low : low + (run[below + 1]! - low) * rest;
      out[i * count + r] = Number.isNaN(run[n - 1]) ? Number.NaN : value;
    });
  }
  return new Tensor(out, wanted);
}

function isShare(q: unknown): boolean {
  return typeof q === "number" && q >= 0 && q <= 1;
}
