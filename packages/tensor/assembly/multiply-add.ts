/**
 * a * b + c in every lane: a multiplication and an addition. Where the host has fused multiply-add, which rounds once and is
 * one instruction, it takes their place when the module is loaded.
 */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  // scripts/wasm-build.ts compiles once more with MARKED: where the two modules differ are the instructions to replace
  if (MARKED) return f32x4.pmax(f32x4.pmin(a, b), c);
  return f32x4.add(f32x4.mul(a, b), c);
}
