import type { FloatArray } from "../dtype.ts";

// Neighbouring elements, four at a time: twice as fast as one by one. For hundreds of elements `set` is as fast, but it
// needs a `subarray`, which is an object.

/** `to[at + i] = from[start + i]` for `count` elements. */
export function copyRun(from: FloatArray, start: number, to: FloatArray, at: number, count: number): void {
  const end = start + count;
  const whole = end - (count & 3);
  for (; start < whole; start += 4, at += 4) {
    to[at] = from[start]!;
    to[at + 1] = from[start + 1]!;
    to[at + 2] = from[start + 2]!;
    to[at + 3] = from[start + 3]!;
  }
  for (; start < end; start++, at++) to[at] = from[start]!;
}

/** `to[at + i] += from[start + i]` for `count` elements. */
export function addRun(from: FloatArray, start: number, to: FloatArray, at: number, count: number): void {
  const end = start + count;
  const whole = end - (count & 3);
  for (; start < whole; start += 4, at += 4) {
    to[at]! += from[start]!;
    to[at + 1]! += from[start + 1]!;
    to[at + 2]! += from[start + 2]!;
    to[at + 3]! += from[start + 3]!;
  }
  for (; start < end; start++, at++) to[at]! += from[start]!;
}
