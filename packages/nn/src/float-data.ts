import type { Tensor } from "@rnn/tensor";
import type { FloatArray } from "./dtype.ts";

/** The elements of a float tensor in row-major order, starting at index 0: shared if possible, else copied. */
export function floatsOf(x: Tensor): FloatArray {
  const { data, offset, size } = x.contiguous();
  return (offset === 0 && data.length === size ? data : data.subarray(offset, offset + size)) as FloatArray;
}

/** {@link floatsOf} for a tensor that is known to be float32. */
export function floats32Of(x: Tensor): Float32Array {
  return floatsOf(x) as Float32Array;
}
