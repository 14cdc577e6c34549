/**
 * a * b + c in every lane. The module is compiled twice from this source: with relaxed SIMD, hardware that has fused
 * multiply-add rounds once and needs one instruction; without, it is a multiplication and an addition.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
