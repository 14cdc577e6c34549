import { sigmoidVector, tanhVector } from "../../tensor/assembly/elementwise";
import { lanesLeft, sigmoidSlope, storeLanes, tanhSlope, VECTOR } from "./lanes";

/**
 * One step of `rows` rows. Turns `gates[rows, 3 size]`, the pre-activations of r and z and the input's part of n, into
 * gate values in place, n = tanh(... + r q), and writes h' = (1 - z) n + z h.
 */
export function gruForward(rows: i32, size: i32, gates: usize, q: usize, h: usize, hNext: usize): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      forwardLanes(lanesLeft(width - j), width, gates + j, q + j, h + j, hNext + j);
    }
    gates += 3 * width; q += width; h += width; hNext += width;
  }
}

// @ts-ignore: decorator
@inline
function forwardLanes(lanes: v128, width: usize, gates: usize, q: usize, h: usize, hNext: usize): void {
  const update = gates + width;
  const candidate = update + width;
  const r = sigmoidVector(v128.load(gates));
  const z = sigmoidVector(v128.load(update));
  const n = tanhVector(f32x4.add(v128.load(candidate), f32x4.mul(r, v128.load(q))));
  const fresh = f32x4.mul(f32x4.sub(f32x4.splat(1), z), n);
  const next = f32x4.add(fresh, f32x4.mul(z, v128.load(h)));
  storeLanes(gates, r, lanes);
  storeLanes(update, z, lanes);
  storeLanes(candidate, n, lanes);
  storeLanes(hNext, next, lanes);
}

/**
 * The way back through one step: turns gate values and q into the gradients of their pre-activations and of q in
 * place, from `dy + dh` of the step's result. `dh` becomes the part that goes straight to the state before, z dh.
 */
export function gruBackward(
  rows: i32, size: i32, gates: usize, q: usize, h: usize, dy: usize, dh: usize,
): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      backwardLanes(lanesLeft(width - j), width, gates + j, q + j, h + j, dy + j, dh + j);
    }
    gates += 3 * width; q += width; h += width; dy += width; dh += width;
  }
}

// @ts-ignore: decorator
@inline
function backwardLanes(
  lanes: v128, width: usize, gates: usize, q: usize, h: usize, dy: usize, dh: usize,
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
  storeLanes(gates, dReset, lanes);
  storeLanes(update, dUpdate, lanes);
  storeLanes(candidate, dn, lanes);
  storeLanes(q, f32x4.mul(dn, r), lanes);
  storeLanes(dh, f32x4.mul(dhUnit, z), lanes);
}
