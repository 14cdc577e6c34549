import type { DType } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import { Variable } from "../autograd/variable.ts";

/** The elements of `x` in a tensor of their own. Gradient: `dy`. */
export function clone(x: Variable): Variable {
  return record("clone", [x], x.value.clone(), (dy) => [dy]);
}

/** The elements of `x` as another dtype. Gradient: `dy`, which the walk brings to the dtype of `x`; none of integers. */
export function convert(x: Variable, dtype: DType): Variable {
  if (x.dtype === dtype) return x;
  const y = x.value.to(dtype);
  const isFloat = y.dtype === "float32" || y.dtype === "float64";
  return isFloat ? record("to", [x], y, (dy) => [dy]) : new Variable(y);
}
