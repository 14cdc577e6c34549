import type { FloatArray } from "../dtype.ts";
import { internalZeros } from "../memory/small-arrays.ts";

/** `length` zeros of the type of `like`, in memory of their own. */
export function zerosLike(like: FloatArray, length: number): FloatArray {
  return like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Arrays of zeros of the type of `like`, in one piece of memory: a small array costs mostly its allocation. */
export function zerosTogether(like: FloatArray, lengths: readonly number[]): FloatArray[] {
  const all = internalZeros(
    like,
    lengths.reduce((a, b) => a + b, 0),
  );
  let end = 0;
  return lengths.map((length) => all.subarray(end, (end += length)));
}

let scratch32 = new Float32Array(0);
let scratch64 = new Float64Array(0);

/**
 * An array of the type of `like` with at least `length` elements of any value, valid until the next call.
 *
 * Fresh memory costs more than writing to it (a page fault per 4 KB), so large temporaries of a backward pass live
 * here. The largest size asked for is kept.
 */
export function scratch(like: FloatArray, length: number): FloatArray {
  if (like instanceof Float32Array) {
    if (scratch32.length < length) scratch32 = new Float32Array(length);
    return scratch32;
  }
  if (scratch64.length < length) scratch64 = new Float64Array(length);
  return scratch64;
}
