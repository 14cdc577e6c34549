// exp, sigmoid and tanh of float32, four at a time. Errors against float64 are stated at each, measured over all exponents.

import { multiplyAdd } from "./multiply-add";

/**
 * Constants are loaded where they are used. Written as vectors in the code, V8 would build each one anew in every
 * iteration, which takes twice as long.
 */
const CONSTANTS: usize = memory.data<f32>([
  1.44269504088896341, 12582912.0, -0.693359375, 2.12194440e-4, -0.69314718056, 1.3882488710805774e-3,
  8.366691879928112e-3, 4.166720435023308e-2, 0.16666541993618011, 0.4999999701976776, -104.0, 89.0, 1.0, 2.0, 20.0,
]);
// positions in CONSTANTS, in bytes
const LOG2_E: usize = 0;
/** 1.5 * 2^23: adding it rounds to a whole number, which is then in the low bits. */
const ROUND: usize = 4;
/** -ln 2 in two parts, of which the first has few bits, so that its multiples are exact; and in one. */
const MINUS_LN2_HIGH: usize = 8;
const MINUS_LN2_LOW: usize = 12;
const MINUS_LN2: usize = 16;
/** (e^r - 1 - r) / r^2, highest power first; fitted so that e^r - 1 is within 1.7e-8 of itself for |r| <= ln 2 / 2. */
const P4: usize = 20;
const P3: usize = 24;
const P2: usize = 28;
const P1: usize = 32;
const P0: usize = 36;
/** Below, e^x rounds to zero; above the next, it overflows. */
const EXP_MIN: usize = 40;
const EXP_MAX: usize = 44;
const ONE: usize = 48;
const TWO: usize = 52;
/** tanh(x) rounds to 1 for x >= 20 / 2. */
const TANH_MAX: usize = 56;
/** The exponent bits of 1.0, in place and shifted down. */
const ONE_BITS: usize = memory.data<i32>([0x3f800000, 127]);
const BIAS: usize = ONE_BITS + 4;

// @ts-ignore: decorator
@inline
function constant(position: usize): v128 {
  return v128.load32_splat(CONSTANTS + position);
}

/** e^r - 1 for |r| <= ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expMinusOneNearZero(r: v128): v128 {
  let p = multiplyAdd(constant(P4), r, constant(P3));
  p = multiplyAdd(p, r, constant(P2));
  p = multiplyAdd(p, r, constant(P1));
  p = multiplyAdd(p, r, constant(P0));
  return multiplyAdd(p, f32x4.mul(r, r), r);
}

/** 2^n for n in -126..127. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, v128.load32_splat(BIAS)), 23);
}

/**
 * e^x = 2^n e^r with n = round(x / ln 2). The power of two is applied in two halves, so that results below 2^-126 and
 * those next to the largest float come out right. pmin and pmax pass NaN on, since it is their first operand.
 */
// @ts-ignore: decorator
@inline
export function expVector(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, constant(EXP_MIN)), constant(EXP_MAX));
  const shifted = multiplyAdd(x, constant(LOG2_E), constant(ROUND));
  const multiple = f32x4.sub(shifted, constant(ROUND));
  const r = multiplyAdd(multiple, constant(MINUS_LN2_LOW), multiplyAdd(multiple, constant(MINUS_LN2_HIGH), x));
  const n = i32x4.sub(shifted, constant(ROUND));
  const half = i32x4.shr_s(n, 1);
  const e = f32x4.add(expMinusOneNearZero(r), constant(ONE));
  return f32x4.mul(f32x4.mul(e, powerOfTwo(half)), powerOfTwo(i32x4.sub(n, half)));
}

/** 1 / (1 + e^-x), and for negative x the same as e^x / (1 + e^x), which does not lose small results. */
// @ts-ignore: decorator
@inline
export function sigmoidVector(x: v128): v128 {
  const e = expVector(f32x4.neg(f32x4.abs(x)));
  const one = constant(ONE);
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}

/**
 * (e^2|x| - 1) / (e^2|x| + 1) with the sign of x; e^2|x| - 1 is computed as such, which keeps small x exact. An error of the
 * exponential matters the less the larger it is, so one part of ln 2 is enough.
 */
// @ts-ignore: decorator
@inline
export function tanhVector(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const y = f32x4.pmin(f32x4.add(magnitude, magnitude), constant(TANH_MAX));
  const shifted = multiplyAdd(y, constant(LOG2_E), constant(ROUND));
  const r = multiplyAdd(f32x4.sub(shifted, constant(ROUND)), constant(MINUS_LN2), y);
  // 2^n: shifting leaves of ROUND + n only the low bits of n
  const scale = i32x4.add(i32x4.shl(shifted, 23), v128.load32_splat(ONE_BITS));
  const m = multiplyAdd(scale, expMinusOneNearZero(r), f32x4.sub(scale, constant(ONE)));
  return v128.or(f32x4.div(m, f32x4.add(m, constant(TWO))), v128.xor(x, magnitude));
}

/** e^x in place, for `count` floats rounded up to whole vectors. Within 1 ulp. */
export function exp(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, expVector(v128.load(x)));
}

/** 1 / (1 + e^-x) in place, for `count` floats rounded up to whole vectors. Within 2.2 ulp. */
export function sigmoid(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, sigmoidVector(v128.load(x)));
}

/** tanh x in place, for `count` floats rounded up to whole vectors. Within 2.4 ulp. */
export function tanh(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, tanhVector(v128.load(x)));
}
