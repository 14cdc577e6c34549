/**
 * The most multiplications and additions that SIMD registers give here without any memory access: thirteen independent
 * chains s = s * x + y. With x and y they fill the fifteen vector registers that V8 has on x64, and they are enough that
 * no operation waits for the one before. 13 chains * 4 lanes * 2 operations are 104 per step. x < 1 keeps s finite.
 */
export function multiplyAddPeak(steps: i32): f32 {
  const x = f32x4.splat(0.999), y = f32x4.splat(0.001);
  let s0 = f32x4.splat(1), s1 = f32x4.splat(2), s2 = f32x4.splat(3), s3 = f32x4.splat(4), s4 = f32x4.splat(5);
  let s5 = f32x4.splat(6), s6 = f32x4.splat(7), s7 = f32x4.splat(8), s8 = f32x4.splat(9), s9 = f32x4.splat(10);
  let s10 = f32x4.splat(11), s11 = f32x4.splat(12), s12 = f32x4.splat(13);
  for (let i = 0; i < steps; i++) {
    s0 = f32x4.add(f32x4.mul(s0, x), y);
    s1 = f32x4.add(f32x4.mul(s1, x), y);
    s2 = f32x4.add(f32x4.mul(s2, x), y);
    s3 = f32x4.add(f32x4.mul(s3, x), y);
    s4 = f32x4.add(f32x4.mul(s4, x), y);
    s5 = f32x4.add(f32x4.mul(s5, x), y);
    s6 = f32x4.add(f32x4.mul(s6, x), y);
    s7 = f32x4.add(f32x4.mul(s7, x), y);
    s8 = f32x4.add(f32x4.mul(s8, x), y);
    s9 = f32x4.add(f32x4.mul(s9, x), y);
    s10 = f32x4.add(f32x4.mul(s10, x), y);
    s11 = f32x4.add(f32x4.mul(s11, x), y);
    s12 = f32x4.add(f32x4.mul(s12, x), y);
  }
  // use every sum, so that none is optimised away
  const t0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), t1 = f32x4.add(f32x4.add(s4, s5), f32x4.add(s6, s7));
  const t2 = f32x4.add(f32x4.add(s8, s9), f32x4.add(s10, s11));
  return f32x4.extract_lane(f32x4.add(f32x4.add(t0, t1), f32x4.add(t2, s12)), 0);
}
