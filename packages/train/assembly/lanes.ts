// Four float32 as two pairs of float64: optimizers compute in float64 and round what they store, as the plain loops do.

/** The first two of four float32 as float64. */
// @ts-ignore: decorator
@inline
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The last two. */
// @ts-ignore: decorator
@inline
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f64>(x, x, 1, 0));
}

/** Two pairs of float64 rounded to four float32. */
// @ts-ignore: decorator
@inline
export function rounded(a: v128, b: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 2);
}

/** a x + b y. */
// @ts-ignore: decorator
@inline
export function blend(x: v128, a: f64, y: v128, b: f64): v128 {
  return f64x2.add(f64x2.mul(f64x2.splat(a), x), f64x2.mul(f64x2.splat(b), y));
}

/** a x + b y y. */
// @ts-ignore: decorator
@inline
export function addSquare(x: v128, a: f64, y: v128, b: f64): v128 {
  return f64x2.add(f64x2.mul(f64x2.splat(a), x), f64x2.mul(f64x2.mul(f64x2.splat(b), y), y));
}
