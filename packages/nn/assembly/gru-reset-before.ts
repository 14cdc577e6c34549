// The GRU whose reset gate multiplies the state before the recurrent product: a step is two products, each with its gates.

import { sigmoidVector, tanhVector } from "../../tensor/assembly/elementwise";
import { lanesLeft, sigmoidSlope, storeLanes, tanhSlope, VECTOR } from "./lanes";

/** Turns the pre-activations of r and z, in `gates[rows, 3 size]`, into gate values in place, and writes m = r read. */
export function resetForward(rows: i32, size: i32, gates: usize, read: usize, m: usize): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      const lanes = lanesLeft(width - j);
      const r = sigmoidVector(v128.load(gates + j));
      const z = sigmoidVector(v128.load(gates + width + j));
      storeLanes(gates + j, r, lanes);
      storeLanes(gates + width + j, z, lanes);
      storeLanes(m + j, f32x4.mul(r, v128.load(read + j)), lanes);
    }
    gates += 3 * width; read += width; m += width;
  }
}

/** Turns the pre-activation of n into its value in place, and writes h' = (1 - z) n + z h. */
export function nextForward(rows: i32, size: i32, gates: usize, h: usize, hNext: usize): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      const lanes = lanesLeft(width - j);
      const z = v128.load(gates + width + j);
      const candidate = gates + 2 * width + j;
      const n = tanhVector(v128.load(candidate));
      const fresh = f32x4.mul(f32x4.sub(f32x4.splat(1), z), n);
      const next = f32x4.add(fresh, f32x4.mul(z, v128.load(h + j)));
      storeLanes(candidate, n, lanes);
      storeLanes(hNext + j, next, lanes);
    }
    gates += 3 * width; h += width; hNext += width;
  }
}

/**
 * The way back to the pre-activations of z and n, whose gradients take the place of their values, from `dy + dh` of the
 * step's result. `dh` becomes the part that goes straight to the state before, z dh.
 */
export function nextBackward(rows: i32, size: i32, gates: usize, h: usize, dy: usize, dh: usize): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      const lanes = lanesLeft(width - j);
      const update = gates + width + j;
      const candidate = update + width;
      const z = v128.load(update);
      const n = v128.load(candidate);
      const dhUnit = f32x4.add(v128.load(dy + j), v128.load(dh + j));
      const dn = f32x4.mul(f32x4.mul(dhUnit, f32x4.sub(f32x4.splat(1), z)), tanhSlope(n));
      const dUpdate = f32x4.mul(f32x4.mul(dhUnit, f32x4.sub(v128.load(h + j), n)), sigmoidSlope(z));
      storeLanes(update, dUpdate, lanes);
      storeLanes(candidate, dn, lanes);
      storeLanes(dh + j, f32x4.mul(dhUnit, z), lanes);
    }
    gates += 3 * width; h += width; dy += width; dh += width;
  }
}

/** The way back through m = r read: the gradient of r's pre-activation takes the place of r; `dm` becomes r dm. */
export function resetBackward(rows: i32, size: i32, gates: usize, read: usize, dm: usize): void {
  const width = <usize>size << 2;
  for (let row = 0; row < rows; row++) {
    for (let j: usize = 0; j < width; j += VECTOR) {
      const lanes = lanesLeft(width - j);
      const r = v128.load(gates + j);
      const d = v128.load(dm + j);
      storeLanes(gates + j, f32x4.mul(f32x4.mul(d, v128.load(read + j)), sigmoidSlope(r)), lanes);
      storeLanes(dm + j, f32x4.mul(d, r), lanes);
    }
    gates += 3 * width; read += width; dm += width;
  }
}
