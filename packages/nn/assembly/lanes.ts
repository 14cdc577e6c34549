// Rows whose length is not a multiple of four: only a part of their last vector belongs to them.

/** Bytes of a vector. */
export const VECTOR: usize = 16;

/** Which lanes of the next vector belong to a row that has so many bytes left. */
// @ts-ignore: decorator
@inline
export function lanesLeft(bytes: usize): v128 {
  return i32x4.lt_s(i32x4(0, 4, 8, 12), i32x4.splat(<i32>bytes));
}

/**
 * Stores the lanes of a vector that belong to the row, and leaves what lies behind it as it is. Without a branch: a call
 * for the rest of a row would make V8 spill every register around it.
 */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, x: v128, lanes: v128): void {
  v128.store(to, v128.bitselect(x, v128.load(to), lanes));
}

/** s (1 - s), the slope of s = sigmoid(x). */
// @ts-ignore: decorator
@inline
export function sigmoidSlope(s: v128): v128 {
  return f32x4.mul(s, f32x4.sub(f32x4.splat(1), s));
}

/** 1 - t t, the slope of t = tanh(x). */
// @ts-ignore: decorator
@inline
export function tanhSlope(t: v128): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(t, t));
}
