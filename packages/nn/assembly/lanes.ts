// Rows whose length is not a multiple of four: their last vector is stored in part.

/** Bytes of a vector. */
export const VECTOR: usize = 16;

/** Stores the first `count` floats of a vector: all four, or what is left of a row. A constant 4 costs nothing. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, x: v128, count: i32): void {
  if (count == 4) v128.store(to, x);
  else storeFew(to, x, count);
}

/** Stores one to three floats. */
function storeFew(to: usize, x: v128, count: i32): void {
  v128.store_lane<f32>(to, x, 0);
  if (count > 1) v128.store_lane<f32>(to, x, 1, 4);
  if (count > 2) v128.store_lane<f32>(to, x, 2, 8);
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
