import { sigmoidVector, tanhVector } from "../../tensor/assembly/elementwise";
import { sigmoidSlope, storeLanes, tanhSlope, VECTOR } from "./lanes";

/**
 * One step of `rows` rows. Turns `gates[rows, 3 size]`, the pre-activations of r and z and the input's part of n, into
 * gate values in place, n = tanh(... + r q), and writes h' = (1 - z) n + z h.
 */
export function gruForward(rows: i32, size: i32, gates: usize, q: usize, h: usize, hNext: usize): void {
  const width = <usize>size << 2;
  const rest = size & 3;
  for (let row = 0; row < rows; row++) {
    const end = gates + (<usize>(size - rest) << 2);
    for (; gates < end; gates += VECTOR) {
      forwardLanes(4, width, gates, q, h, hNext);
      q += VECTOR; h += VECTOR; hNext += VECTOR;
    }
    if (rest) {
      forwardLanes(rest, width, gates, q, h, hNext);
      const bytes = <usize>rest << 2;
      gates += bytes; q += bytes; h += bytes; hNext += bytes;
    }
    gates += 2 * width;
  }
}

// @ts-ignore: decorator
@inline
function forwardLanes(count: i32, width: usize, gates: usize, q: usize, h: usize, hNext: usize): void {
  const update = gates + width;
  const candidate = update + width;
  const r = sigmoidVector(v128.load(gates));
  const z = sigmoidVector(v128.load(update));
  const n = tanhVector(f32x4.add(v128.load(candidate), f32x4.mul(r, v128.load(q))));
  const fresh = f32x4.mul(f32x4.sub(f32x4.splat(1), z), n);
  const next = f32x4.add(fresh, f32x4.mul(z, v128.load(h)));
  storeLanes(gates, r, count);
  storeLanes(update, z, count);
  storeLanes(candidate, n, count);
  storeLanes(hNext, next, count);
}

/**
 * The way back through one step: turns gate values and q into the gradients of their pre-activations and of q in
 * place, from `dy + dh` of the step's result. `dh` becomes the part that goes straight to the state before, z dh.
 */
export function gruBackward(
  rows: i32, size: i32, gates: usize, q: usize, h: usize, dy: usize, dh: usize,
): void {
  const width = <usize>size << 2;
  const rest = size & 3;
  for (let row = 0; row < rows; row++) {
    const end = gates + (<usize>(size - rest) << 2);
    for (; gates < end; gates += VECTOR) {
      backwardLanes(4, width, gates, q, h, dy, dh);
      q += VECTOR; h += VECTOR; dy += VECTOR; dh += VECTOR;
    }
    if (rest) {
      backwardLanes(rest, width, gates, q, h, dy, dh);
      const bytes = <usize>rest << 2;
      gates += bytes; q += bytes; h += bytes; dy += bytes; dh += bytes;
    }
    gates += 2 * width;
  }
}

// @ts-ignore: decorator
@inline
function backwardLanes(
  count: i32, width: usize, gates: usize, q: usize, h: usize, dy: usize, dh: usize,
): void {
  const update = gates + width;
  const candidate = update + width;
  const r = v128.load(gates);
  const z = v128.load(update);
  const n = v128.load(candidate);
  const dhUnit = f32x4.add(v128.load(dy), v128.load(dh));
  const dn = f32x4.mul(f32x4.mul(dhUnit, f32x4.sub(f32x4.splat(1), z)), tanhSlope(n));
  const dReset = f32x4.mul(f32x4.mul(dn, v128.load(q)), sigmoidSlope(r));
  const dUpdate = f32x4.mul(f32x4.mul(dhUnit, f32x4.sub(v128.load(h), n)), sigmoidSlope(z));
  storeLanes(gates, dReset, count);
  storeLanes(update, dUpdate, count);
  storeLanes(candidate, dn, count);
  storeLanes(q, f32x4.mul(dn, r), count);
  storeLanes(dh, f32x4.mul(dhUnit, z), count);
}
