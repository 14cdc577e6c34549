// The natural logarithm of four float32.

import { multiplyAdd } from "./multiply-add";

/** Constants are loaded where they are used; see elementwise.ts. */
const CONSTANTS: usize = memory.data<f32>([
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, 0.693359375, -2.12194440e-4, 1.17549435e-38, 8388608.0, 0.5, 1.0,
  Infinity,
]);
const INTEGERS: usize = memory.data<i32>([0x3f3504f3, 23]);
// positions in CONSTANTS, in bytes
/** (ln(1 + m) - m + m^2 / 2) / m^3, nine numbers, highest power first (coefficients of logf in Cephes, Moshier 1992). */
const P: usize = 0;
/** ln 2 in two parts; the first has few bits, so its multiples are exact. */
const LN2_HIGH: usize = 36;
const LN2_LOW: usize = 40;
/** The smallest number that is no denormal, and 2^23, which makes denormals larger than it. */
const SMALLEST_NORMAL: usize = 44;
const TWO_POWER_23: usize = 48;
const HALF: usize = 52;
const ONE: usize = 56;
const INFINITE: usize = 60;
// positions in INTEGERS, in bytes
/** The bits of the float sqrt(1/2). */
const ROOT_BITS: usize = 0;
const TWENTY_THREE: usize = 4;

// @ts-ignore: decorator
@inline
function constant(position: usize): v128 {
  return v128.load32_splat(CONSTANTS + position);
}

// @ts-ignore: decorator
@inline
function integer(position: usize): v128 {
  return v128.load32_splat(INTEGERS + position);
}

/** ln x = n ln 2 + ln(1 + m) with x = 2^n (1 + m), sqrt(1/2) <= 1 + m < sqrt(2). -Infinity at zero, NaN below. */
// @ts-ignore: decorator
@inline
export function logVector(x: v128): v128 {
  const isSmall = f32x4.lt(x, constant(SMALLEST_NORMAL));
  const y = v128.bitselect(f32x4.mul(x, constant(TWO_POWER_23)), x, isSmall);
  // by how many powers of two y lies above sqrt(1/2)
  const powers = i32x4.shr_s(i32x4.sub(y, integer(ROOT_BITS)), 23);
  const m = f32x4.sub(i32x4.sub(y, i32x4.shl(powers, 23)), constant(ONE));
  const n = f32x4.convert_i32x4_s(i32x4.sub(powers, v128.and(isSmall, integer(TWENTY_THREE))));
  let p = multiplyAdd(constant(P), m, constant(P + 4));
  p = multiplyAdd(p, m, constant(P + 8));
  p = multiplyAdd(p, m, constant(P + 12));
  p = multiplyAdd(p, m, constant(P + 16));
  p = multiplyAdd(p, m, constant(P + 20));
  p = multiplyAdd(p, m, constant(P + 24));
  p = multiplyAdd(p, m, constant(P + 28));
  p = multiplyAdd(p, m, constant(P + 32));
  const square = f32x4.mul(m, m);
  let sum = f32x4.mul(f32x4.mul(p, m), square);
  sum = multiplyAdd(n, constant(LN2_LOW), sum);
  sum = f32x4.sub(sum, f32x4.mul(constant(HALF), square));
  sum = multiplyAdd(n, constant(LN2_HIGH), f32x4.add(m, sum));
  // the root of anything else than a positive number is what the logarithm is, but for zero
  const infinite = constant(INFINITE);
  const zero = f32x4.splat(0);
  const special = f32x4.sub(f32x4.sqrt(x), v128.and(f32x4.eq(x, zero), infinite));
  return v128.bitselect(sum, special, v128.and(f32x4.gt(x, zero), f32x4.lt(x, infinite)));
}
