// Packing: copies an operand into the order in which the tile kernel reads it. Strides are in bytes.

import { PANEL } from "./tile";

/** Bytes of B[k, n] in panels: n rounded up to whole panels. */
export function packedBytes(k: i32, n: i32): usize {
  return <usize>k * <usize>((n + PANEL - 1) & -PANEL) * sizeof<f32>();
}

/**
 * B[k, n] to panels of 8 columns: `panels[panel][p][column]`, the last one filled up with zeros.
 *
 * One of the strides must be that of neighbouring floats; the other may be anything, zero included.
 */
export function packPanels(k: i32, n: i32, b: usize, bRow: usize, bCol: usize, panels: usize): void {
  if (bCol == sizeof<f32>()) packRows(k, n, b, bRow, panels);
  else packTransposed(k, n, b, bCol, panels);
}

/** Rows of B are contiguous: each is cut into pieces of eight floats. */
function packRows(k: i32, n: i32, b: usize, bRow: usize, panels: usize): void {
  const panelBytes = <usize>k * PANEL * sizeof<f32>();
  const whole = n / PANEL;
  const rest = n % PANEL;
  for (let p = 0; p < k; p++) {
    let from = b;
    let to = panels;
    for (let j = 0; j < whole; j++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += 32;
      to += panelBytes;
    }
    if (rest) {
      v128.store(to, f32x4.splat(0));
      v128.store(to, f32x4.splat(0), 16);
      memory.copy(to, from, <usize>rest << 2);
    }
    b += bRow;
    panels += 32;
  }
}

/** Columns of B are contiguous: blocks of 4 x 4 are transposed in registers. */
function packTransposed(k: i32, n: i32, b: usize, bCol: usize, panels: usize): void {
  const whole = n / PANEL;
  const rest = n % PANEL;
  const quads = k & ~3;
  for (let j = 0; j < whole; j++) {
    let from = b;
    for (let p = 0; p < quads; p += 4) {
      transpose4x4(from, bCol, panels);
      transpose4x4(from + 4 * bCol, bCol, panels + 16);
      from += 16;
      panels += 128;
    }
    panels = packColumns(k - quads, PANEL, from, bCol, panels);
    b += <usize>PANEL * bCol;
  }
  if (rest) packColumns(k, rest, b, bCol, panels);
}

/** Four columns of four floats to four rows, 32 bytes apart. */
// @ts-ignore: decorator
@inline
function transpose4x4(from: usize, colStride: usize, to: usize): void {
  const col0 = v128.load(from);
  const col1 = v128.load(from + colStride);
  const col2 = v128.load(from + 2 * colStride);
  const col3 = v128.load(from + 3 * colStride);
  const low01 = v128.shuffle<f32>(col0, col1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(col2, col3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(col0, col1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(col2, col3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f64>(low01, low23, 0, 2));
  v128.store(to, v128.shuffle<f64>(low01, low23, 1, 3), 32);
  v128.store(to, v128.shuffle<f64>(high01, high23, 0, 2), 64);
  v128.store(to, v128.shuffle<f64>(high01, high23, 1, 3), 96);
}

/** Float by float, for the remainders; returns the end of what it wrote. */
function packColumns(k: i32, columns: i32, from: usize, colStride: usize, to: usize): usize {
  for (let p = 0; p < k; p++) {
    for (let j = 0; j < PANEL; j++) {
      store<f32>(to, j < columns ? load<f32>(from + <usize>j * colStride) : 0);
      to += 4;
    }
    from += 4;
  }
  return to;
}
