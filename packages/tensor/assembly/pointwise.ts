// Functions of every element, in place, for `count` floats rounded up to whole vectors. Results are those of float64
// arithmetic rounded once (float32 of +, -, *, / and the root are), except where an error is stated.

import { logVector } from "./logarithm";

/** Within 0.8 ulp. */
export function log(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, logVector(v128.load(x)));
}

export function sqrt(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.sqrt(v128.load(x)));
}

/** The larger of x and 0; NaN stays NaN. */
export function relu(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.max(v128.load(x), f32x4.splat(0)));
}

export function abs(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.abs(v128.load(x)));
}

export function neg(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.neg(v128.load(x)));
}

export function square(count: i32, x: usize): void {
  const end = x + ((<usize>count) << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.mul(v128.load(x), v128.load(x)));
}

// of two operands, into a third place that may be one of them

export function add(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.add(v128.load(a), v128.load(b)));
}

export function sub(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.sub(v128.load(a), v128.load(b)));
}

export function mul(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.mul(v128.load(a), v128.load(b)));
}

export function div(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.div(v128.load(a), v128.load(b)));
}

/** NaN if either is NaN; 0 is larger than -0. */
export function maximum(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.max(v128.load(a), v128.load(b)));
}

export function minimum(count: i32, a: usize, b: usize, to: usize): void {
  const end = to + ((<usize>count) << 2);
  for (; to < end; a += 16, b += 16, to += 16) v128.store(to, f32x4.min(v128.load(a), v128.load(b)));
}
