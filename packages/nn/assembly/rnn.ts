// The activations of an RNN over `count` floats, and their gradients.

import { tanhVector } from "../../tensor/assembly/elementwise";
import { lanesLeft, storeLanes, tanhSlope, VECTOR } from "./lanes";

/** h = tanh(x). */
export function tanhForward(count: i32, x: usize, h: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    storeLanes(h + j, tanhVector(v128.load(x + j)), lanesLeft(bytes - j));
  }
}

/** dx = (dy + dh) (1 - h h). */
export function tanhBackward(count: i32, h: usize, dy: usize, dh: usize, dx: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    const dhUnit = f32x4.add(v128.load(dy + j), v128.load(dh + j));
    storeLanes(dx + j, f32x4.mul(dhUnit, tanhSlope(v128.load(h + j))), lanesLeft(bytes - j));
  }
}

/** h = max(x, 0); NaN stays. */
export function reluForward(count: i32, x: usize, h: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    storeLanes(h + j, f32x4.max(v128.load(x + j), f32x4.splat(0)), lanesLeft(bytes - j));
  }
}

/** dx = dy + dh where the unit was on, 0 where it was off. */
export function reluBackward(count: i32, h: usize, dy: usize, dh: usize, dx: usize): void {
  const bytes = <usize>count << 2;
  for (let j: usize = 0; j < bytes; j += VECTOR) {
    const dhUnit = f32x4.add(v128.load(dy + j), v128.load(dh + j));
    const isOff = f32x4.le(v128.load(h + j), f32x4.splat(0));
    storeLanes(dx + j, v128.andnot(dhUnit, isOff), lanesLeft(bytes - j));
  }
}
