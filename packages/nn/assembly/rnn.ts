// The activations of an RNN over `count` floats, and their gradients.

import { tanhVector } from "../../tensor/assembly/elementwise";
import { storeLanes, tanhSlope, VECTOR } from "./lanes";

/** h = tanh(x). */
export function tanhForward(count: i32, x: usize, h: usize): void {
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += VECTOR) {
    v128.store(h, tanhVector(v128.load(x)));
    h += VECTOR;
  }
  if (count & 3) storeLanes(h, tanhVector(v128.load(x)), count & 3);
}

/** dx = (dy + dh) (1 - h h). */
export function tanhBackward(count: i32, h: usize, dy: usize, dh: usize, dx: usize): void {
  const end = h + (<usize>(count & ~3) << 2);
  for (; h < end; h += VECTOR) {
    v128.store(dx, f32x4.mul(f32x4.add(v128.load(dy), v128.load(dh)), tanhSlope(v128.load(h))));
    dy += VECTOR; dh += VECTOR; dx += VECTOR;
  }
  if (count & 3) {
    storeLanes(dx, f32x4.mul(f32x4.add(v128.load(dy), v128.load(dh)), tanhSlope(v128.load(h))), count & 3);
  }
}

/** h = max(x, 0); NaN stays. */
export function reluForward(count: i32, x: usize, h: usize): void {
  const end = x + (<usize>(count & ~3) << 2);
  for (; x < end; x += VECTOR) {
    v128.store(h, f32x4.max(v128.load(x), f32x4.splat(0)));
    h += VECTOR;
  }
  if (count & 3) storeLanes(h, f32x4.max(v128.load(x), f32x4.splat(0)), count & 3);
}

/** dx = dy + dh where the unit was on, 0 where it was off. */
export function reluBackward(count: i32, h: usize, dy: usize, dh: usize, dx: usize): void {
  const end = h + (<usize>(count & ~3) << 2);
  for (; h < end; h += VECTOR) {
    v128.store(dx, reluGradient(v128.load(h), f32x4.add(v128.load(dy), v128.load(dh))));
    dy += VECTOR; dh += VECTOR; dx += VECTOR;
  }
  if (count & 3) storeLanes(dx, reluGradient(v128.load(h), f32x4.add(v128.load(dy), v128.load(dh))), count & 3);
}

// @ts-ignore: decorator
@inline
function reluGradient(h: v128, dh: v128): v128 {
  return v128.andnot(dh, f32x4.le(h, f32x4.splat(0)));
}
