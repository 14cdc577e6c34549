import type { Tensor } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";
import { internalZeros } from "./small-arrays.ts";

/** The elements of a float tensor in row-major order, starting at index 0: shared if possible, else copied. Not to be kept by users. */
export function floatsOf(x: Tensor): FloatArray {
  const { data, offset, size } = x;
  if (!x.isContiguous) return size <= SMALL ? copyOf(x) : (x.clone().data as FloatArray);
  return (offset === 0 && data.length === size ? data : data.subarray(offset, offset + size)) as FloatArray;
}

/** {@link floatsOf} for a tensor that is known to be float32. */
export function floats32Of(x: Tensor): Float32Array {
  return floatsOf(x) as Float32Array;
}

/** Up to so many elements a new array costs more than copying. */
const SMALL = 512;

/** The elements in row-major order. */
function copyOf({ data, shape, strides, offset, size }: Tensor): FloatArray {
  const source = data as FloatArray;
  const copy = internalZeros(source, size);
  const last = shape.length - 1;
  const width = shape[last]!;
  const step = strides[last]!;
  for (let at = 0; at < size; at += width) {
    let from = offset;
    for (let d = last - 1, row = at / width; d >= 0; d--) {
      from += (row % shape[d]!) * strides[d]!;
      row = Math.floor(row / shape[d]!);
    }
    for (let j = 0; j < width; j++, from += step) copy[at + j] = source[from]!;
  }
  return copy;
}
