import { sigmoidVector, tanhVector } from "../../tensor/assembly/elementwise";
import { lanesLeft, sigmoidSlope, storeLanes, tanhSlope, VECTOR } from "./lanes";

/**
 * One step of `rows` rows. Turns pre-activations `gates[rows, 4 size]`, i f g o, into gate values in place; writes
 * c' = f c + i g, tanh(c') and h' = o tanh(c').
 */
export function lstmForward(
  rows: i32, size: i32, gates: usize, c: usize, cNext: usize, tanhC: usize, hNext: usize,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      forwardLanes(lanesLeft(width - j), width, gates + j, c + j, cNext + j, tanhC + j, hNext + j);
    }
    gates += 4 * width; c += width; cNext += width; tanhC += width; hNext += width;
  }
}

// @ts-ignore: decorator
@inline
function forwardLanes(
  lanes: v128, width: usize, gates: usize, c: usize, cNext: usize, tanhC: usize, hNext: usize,
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
  storeLanes(gates, i, lanes);
  storeLanes(forget, f, lanes);
  storeLanes(candidate, g, lanes);
  storeLanes(out, o, lanes);
  storeLanes(cNext, next, lanes);
  storeLanes(tanhC, tanhNext, lanes);
  storeLanes(hNext, f32x4.mul(o, tanhNext), lanes);
}

/**
 * The way back through one step: turns gate values into the gradients of their pre-activations in place, from `dy + dh`
 * and `dc` of the step's results. `dc` becomes the gradient of the state before.
 */
export function lstmBackward(
  rows: i32, size: i32, gates: usize, c: usize, tanhC: usize, dy: usize, dh: usize, dc: usize,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      backwardLanes(lanesLeft(width - j), width, gates + j, c + j, tanhC + j, dy + j, dh + j, dc + j);
    }
    gates += 4 * width; c += width; tanhC += width; dy += width; dh += width; dc += width;
  }
}

// @ts-ignore: decorator
@inline
function backwardLanes(
  lanes: v128, width: usize, gates: usize, c: usize, tanhC: usize, dy: usize, dh: usize, dc: usize,
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
  storeLanes(gates, f32x4.mul(f32x4.mul(dcUnit, g), sigmoidSlope(i)), lanes);
  storeLanes(forget, dForget, lanes);
  storeLanes(candidate, f32x4.mul(f32x4.mul(dcUnit, i), tanhSlope(g)), lanes);
  storeLanes(out, f32x4.mul(f32x4.mul(dhUnit, t), sigmoidSlope(o)), lanes);
  storeLanes(dc, f32x4.mul(dcUnit, f), lanes);
}
