import { expand, type ReduceOptions, type Tensor } from "@rnn/tensor";

/** The shape of an input of shape `shape` after reducing `dim` with `keepdim`: reduced dimensions have size 1. */
export function keptShape(shape: readonly number[], dim: ReduceOptions["dim"]): number[] {
  if (dim === undefined) return shape.map(() => 1);
  const kept = shape.slice();
  for (const d of typeof dim === "number" ? [dim] : dim) {
    if (kept.length > 0) kept[d < 0 ? d + shape.length : d] = 1;
  }
  return kept;
}

/** A reduced tensor (or its gradient), stretched back over the shape it was reduced from, as a view. */
export function spread(reduced: Tensor, shape: readonly number[], dim: ReduceOptions["dim"]): Tensor {
  return expand(reduced.reshape(keptShape(shape, dim)), shape);
}
