import { allocate } from "../dtype.ts";
import { Tensor } from "../tensor.ts";
import { layReduction, type ReduceOptions, type Run, reduceRuns } from "./reduction.ts";

/**
 * The product of elements, of all of them or along dimensions: Π x.
 *
 * @remarks
 * float32 is multiplied in float64 and rounded once. int32 wraps around; bool gives int32. An empty product is 1.
 *
 * @throws RangeError if a dimension is out of range or named twice.
 *
 * @example
 * ```ts
 * import { prod, tensor } from "@rnn/tensor";
 *
 * prod(tensor([[1, 2], [3, 4]]), { dim: 1 }).toArray(); // => [2, 12]
 * ```
 *
 * @public
 */
export function prod(x: Tensor, options: ReduceOptions = {}): Tensor {
  const reduction = layReduction("prod", x, options);
  const whole = x.dtype === "int32" || x.dtype === "bool";
  const out = allocate(whole ? "int32" : x.dtype, reduction.outer * reduction.inner);
  reduceRuns(reduction, whole ? intProduct : floatProduct, out);
  return new Tensor(out, reduction.shape);
}

const floatProduct: Run = (x, at, n, stride) => {
  let product = 1;
  for (let j = 0; j < n; j++) product *= x[at + j * stride]!;
  return product;
};

const intProduct: Run = (x, at, n, stride) => {
  let product = 1;
  for (let j = 0; j < n; j++) product = Math.imul(product, x[at + j * stride]!);
  return product;
};
