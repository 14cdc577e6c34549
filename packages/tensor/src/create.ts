import { allocate, checkDType, type DType } from "./dtype.ts";
import { copyShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/**
 * Options of functions that create a tensor.
 *
 * @public
 */
export interface CreateOptions {
  /** What the elements are; float32 unless the function says otherwise. */
  readonly dtype?: DType | undefined;
}

/** @public */
export function zeros(shape: readonly number[], { dtype = "float32" }: CreateOptions = {}): Tensor {
  return allocated("zeros", shape, dtype);
}

/** @public */
export function ones(shape: readonly number[], { dtype = "float32" }: CreateOptions = {}): Tensor {
  const x = allocated("ones", shape, dtype);
  x.data.fill(1);
  return x;
}

/** @public */
export function full(
  shape: readonly number[],
  value: number,
  { dtype = "float32" }: CreateOptions = {},
): Tensor {
  const x = allocated("full", shape, dtype);
  x.data.fill(dtype === "bool" ? Number(value !== 0) : value);
  return x;
}

function allocated(where: string, shape: readonly number[], dtype: DType): Tensor {
  const own = copyShape(where, shape);
  const size = sizeOf(where, own);
  return new Tensor(allocate(checkDType(where, dtype), size), own);
}
