import { sigmoidVector, tanhVector } from "../../tensor/assembly/elementwise";
import { sigmoidSlope, storeLanes, tanhSlope, VECTOR } from "./lanes";

/**
 * One step of `rows` rows. Turns pre-activations `gates[rows, 4 size]`, i f g o, into gate values in place; writes
 * c' = f c + i g, tanh(c') and h' = o tanh(c').
 */
export function lstmForward(
  rows: i32, size: i32, gates: usize, c: usize, cNext: usize, tanhC: usize, hNext: usize,
): void {
  const width = <usize>size << 2;
  const rest = size & 3;
  for (let row = 0; row < rows; row++) {
    const end = gates + (<usize>(size - rest) << 2);
    for (; gates < end; gates += VECTOR) {
      forwardLanes(4, width, gates, c, cNext, tanhC, hNext);
      c += VECTOR; cNext += VECTOR; tanhC += VECTOR; hNext += VECTOR;
    }
    if (rest) {
      forwardLanes(rest, width, gates, c, cNext, tanhC, hNext);
      const bytes = <usize>rest << 2;
      gates += bytes; c += bytes; cNext += bytes; tanhC += bytes; hNext += bytes;
    }
    gates += 3 * width;
  }
}

// @ts-ignore: decorator
@inline
function forwardLanes(
  count: i32, width: usize, gates: usize, c: usize, cNext: usize, tanhC: usize, hNext: usize,
): void {
  const forget = gates + width;
  const candidate = forget + width;
  const out = candidate + width;
  const i = sigmoidVector(v128.load(gates));
  const f = sigmoidVector(v128.load(forget));
  const g = tanhVector(v128.load(candidate));
  const o = sigmoidVector(v128.load(out));
  const next = f32x4.add(f32x4.mul(f, v128.load(c)), f32x4.mul(i, g));
  const tanhNext = tanhVector(next);
  storeLanes(gates, i, count);
  storeLanes(forget, f, count);
  storeLanes(candidate, g, count);
  storeLanes(out, o, count);
  storeLanes(cNext, next, count);
  storeLanes(tanhC, tanhNext, count);
  storeLanes(hNext, f32x4.mul(o, tanhNext), count);
}

/**
 * The way back through one step: turns gate values into the gradients of their pre-activations in place, from `dy + dh`
 * and `dc` of the step's results. `dc` becomes the gradient of the state before.
 */
export function lstmBackward(
  rows: i32, size: i32, gates: usize, c: usize, tanhC: usize, dy: usize, dh: usize, dc: usize,
): void {
  const width = <usize>size << 2;
  const rest = size & 3;
  for (let row = 0; row < rows; row++) {
    const end = gates + (<usize>(size - rest) << 2);
    for (; gates < end; gates += VECTOR) {
      backwardLanes(4, width, gates, c, tanhC, dy, dh, dc);
      c += VECTOR; tanhC += VECTOR; dy += VECTOR; dh += VECTOR; dc += VECTOR;
    }
    if (rest) {
      backwardLanes(rest, width, gates, c, tanhC, dy, dh, dc);
      const bytes = <usize>rest << 2;
      gates += bytes; c += bytes; tanhC += bytes; dy += bytes; dh += bytes; dc += bytes;
    }
    gates += 3 * width;
  }
}

// @ts-ignore: decorator
@inline
function backwardLanes(
  count: i32, width: usize, gates: usize, c: usize, tanhC: usize, dy: usize, dh: usize, dc: usize,
): void {
  const forget = gates + width;
  const candidate = forget + width;
  const out = candidate + width;
  const i = v128.load(gates);
  const f = v128.load(forget);
  const g = v128.load(candidate);
  const o = v128.load(out);
  const t = v128.load(tanhC);
  const dhUnit = f32x4.add(v128.load(dy), v128.load(dh));
  const dcUnit = f32x4.add(v128.load(dc), f32x4.mul(f32x4.mul(dhUnit, o), tanhSlope(t)));
  const dForget = f32x4.mul(f32x4.mul(dcUnit, v128.load(c)), sigmoidSlope(f));
  storeLanes(gates, f32x4.mul(f32x4.mul(dcUnit, g), sigmoidSlope(i)), count);
  storeLanes(forget, dForget, count);
  storeLanes(candidate, f32x4.mul(f32x4.mul(dcUnit, i), tanhSlope(g)), count);
  storeLanes(out, f32x4.mul(f32x4.mul(dhUnit, t), sigmoidSlope(o)), count);
  storeLanes(dc, f32x4.mul(dcUnit, f), count);
}
