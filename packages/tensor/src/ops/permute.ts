import { formatShape, ShapeError } from "../errors.ts";
import { normalizeDim, normalizeDims } from "../shape.ts";
import { Tensor } from "../tensor.ts";

/** @public */
export function permute(x: Tensor, dims: readonly number[]): Tensor {
  if (dims.length !== x.ndim) {
    throw new ShapeError(
      `permute: ${dims.length} dims [${dims.join(",")}] for a tensor of shape ${formatShape(x.shape)}; name each of its ${x.ndim} dimensions once`,
    );
  }
  const order = normalizeDims("permute", dims, x.ndim);
  return new Tensor(
    x.data,
    order.map((d) => x.shape[d]!),
    { strides: order.map((d) => x.strides[d]!), offset: x.offset },
  );
}

/** @public */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  const d0 = normalizeDim("transpose", dim0, x.ndim);
  const d1 = normalizeDim("transpose", dim1, x.ndim);
  const shape = x.shape.slice();
  const strides = x.strides.slice();
  if (d0 !== d1) {
    shape[d0] = x.shape[d1]!;
    shape[d1] = x.shape[d0]!;
    strides[d0] = x.strides[d1]!;
    strides[d1] = x.strides[d0]!;
  }
  return new Tensor(x.data, shape, { strides, offset: x.offset });
}
