import type { Tensor } from "@rnn/tensor";

/**
 * Storage of the dtypes that can be optimized: float32 and float64.
 *
 * @public
 */
export type FloatArray = Float32Array | Float64Array;

/** The elements of a floating-point tensor in row-major order: its own memory where that is laid out so, else a copy. */
export function floatData(tensor: Tensor): FloatArray {
  const { data, offset, size } = tensor.isContiguous ? tensor : tensor.contiguous();
  const whole = offset === 0 && data.length === size;
  return (whole ? data : data.subarray(offset, offset + size)) as FloatArray;
}

/** A zero-filled array of the same kind and length. */
export function zerosLike(data: FloatArray): FloatArray {
  return data instanceof Float64Array ? new Float64Array(data.length) : new Float32Array(data.length);
}
