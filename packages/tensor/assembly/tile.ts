// The innermost loops: one small tile of C stays in registers while k runs. Strides are in bytes.

import { multiplyAdd } from "./multiply-add";

/** Columns of one panel of B: two vectors of four float32. */
export const PANEL: i32 = 8;

/**
 * Rows of the largest tile, 5 or 6. 5 x 2 accumulators, two vectors of B, one element of A and one product fill the sixteen
 * vector registers of x64; fused multiply-add needs no register for the product, so a sixth row fits. More rows, or wider
 * tiles (4x12, 3x16, 8x8), spill and are slower.
 */
// @ts-ignore: decorator
@external("env", "tileRows")
export declare const TILE_ROWS: i32;

/** Zeros to start the sums from when C is not to be added to; 32 floats, the widest row kernel. */
const ZEROS: usize = memory.data(128, 16);

/**
 * C[rows, 8] (+)= A[rows, k] B[k, 8].
 *
 * Element (i, p) of A is at `a + i * aRow + p * aCol`: any strides, so one kernel serves A and its transpose. Row p of
 * B is eight floats at `b + p * bRow`. `rows` is constant at every call, and the branches on it vanish.
 *
 * The sums start from C (or from zeros read the same way) before the loop. A branch on `accumulate` after it would make
 * V8 hoist loads across the loop and spill every sum: half the speed. One step of k per iteration and an end pointer as
 * the condition are also what V8 compiles best; unrolling by hand costs 10 to 40 % there.
 */
// @ts-ignore: decorator
@inline
function tile(
  rows: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  let from = accumulate ? c : ZEROS;
  const fromRow: usize = accumulate ? cRow : 0;
  let c00 = v128.load(from), c01 = v128.load(from, 16);
  let c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  if (rows > 1) { from += fromRow; c10 = v128.load(from); c11 = v128.load(from, 16); }
  if (rows > 2) { from += fromRow; c20 = v128.load(from); c21 = v128.load(from, 16); }
  if (rows > 3) { from += fromRow; c30 = v128.load(from); c31 = v128.load(from, 16); }
  if (rows > 4) { from += fromRow; c40 = v128.load(from); c41 = v128.load(from, 16); }
  if (rows > 5) { from += fromRow; c50 = v128.load(from); c51 = v128.load(from, 16); }

  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  let a4 = a3 + aRow;
  let a5 = a4 + aRow;
  const end = b + <usize>k * bRow;
  while (b != end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
    a0 += aCol;
    if (rows > 1) { x = v128.load32_splat(a1); c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11); a1 += aCol; }
    if (rows > 2) { x = v128.load32_splat(a2); c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21); a2 += aCol; }
    if (rows > 3) { x = v128.load32_splat(a3); c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31); a3 += aCol; }
    if (rows > 4) { x = v128.load32_splat(a4); c40 = multiplyAdd(x, b0, c40); c41 = multiplyAdd(x, b1, c41); a4 += aCol; }
    if (rows > 5) { x = v128.load32_splat(a5); c50 = multiplyAdd(x, b0, c50); c51 = multiplyAdd(x, b1, c51); a5 += aCol; }
    b += bRow;
  }

  v128.store(c, c00); v128.store(c, c01, 16);
  if (rows > 1) { c += cRow; v128.store(c, c10); v128.store(c, c11, 16); }
  if (rows > 2) { c += cRow; v128.store(c, c20); v128.store(c, c21, 16); }
  if (rows > 3) { c += cRow; v128.store(c, c30); v128.store(c, c31, 16); }
  if (rows > 4) { c += cRow; v128.store(c, c40); v128.store(c, c41, 16); }
  if (rows > 5) { c += cRow; v128.store(c, c50); v128.store(c, c51, 16); }
}

// One compiled function per height. They stay calls: inlined into the loops around them, V8 would spill.
function tile1(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(1, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}
function tile2(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(2, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}
function tile3(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(3, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}
function tile4(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(4, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}
function tile5(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(5, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}
function tile6(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  tile(6, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}

/** A tile of 1 to TILE_ROWS rows. */
// @ts-ignore: decorator
@inline
export function multiplyTile(
  rows: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  if (rows == 6) tile6(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
  else if (rows == 5) tile5(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
  else if (rows == 4) tile4(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
  else if (rows == 3) tile3(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
  else if (rows == 2) tile2(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
  else tile1(k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
}

/**
 * The height of the next tile when `left` rows remain: full tiles, but the last 6 to 9 (or 7 to 11) rows are two tiles of
 * nearly equal height, since very low tiles wait for their own sums.
 */
// @ts-ignore: decorator
@inline
export function tileHeight(left: i32): i32 {
  if (left >= 2 * TILE_ROWS) return TILE_ROWS;
  return left <= TILE_ROWS ? left : (left + 1) >> 1;
}

/** C[1, 32] (+)= A[1, k] B[k, 32]: four neighbouring panels of B at once, `panelStride` bytes apart. */
export function multiplyRow32(
  k: i32, a: usize, aCol: usize, b: usize, panelStride: usize, bRow: usize, c: usize, accumulate: bool,
): void {
  const from = accumulate ? c : ZEROS;
  let c0 = v128.load(from), c1 = v128.load(from, 16), c2 = v128.load(from, 32), c3 = v128.load(from, 48);
  let c4 = v128.load(from, 64), c5 = v128.load(from, 80), c6 = v128.load(from, 96), c7 = v128.load(from, 112);
  let b1 = b + panelStride;
  let b2 = b1 + panelStride;
  let b3 = b2 + panelStride;
  const end = b + <usize>k * bRow;
  while (b != end) {
    const x = v128.load32_splat(a);
    c0 = multiplyAdd(x, v128.load(b), c0); c1 = multiplyAdd(x, v128.load(b, 16), c1);
    c2 = multiplyAdd(x, v128.load(b1), c2); c3 = multiplyAdd(x, v128.load(b1, 16), c3);
    c4 = multiplyAdd(x, v128.load(b2), c4); c5 = multiplyAdd(x, v128.load(b2, 16), c5);
    c6 = multiplyAdd(x, v128.load(b3), c6); c7 = multiplyAdd(x, v128.load(b3, 16), c7);
    a += aCol; b += bRow; b1 += bRow; b2 += bRow; b3 += bRow;
  }
  v128.store(c, c0); v128.store(c, c1, 16); v128.store(c, c2, 32); v128.store(c, c3, 48);
  v128.store(c, c4, 64); v128.store(c, c5, 80); v128.store(c, c6, 96); v128.store(c, c7, 112);
}

/** C[2, 16] (+)= A[2, k] B[k, 16]: two neighbouring panels of B at once, `panelStride` bytes apart. */
export function multiplyRows2x16(
  k: i32, a: usize, aRow: usize, aCol: usize, b: usize, panelStride: usize, bRow: usize, c: usize, cRow: usize,
  accumulate: bool,
): void {
  const from = accumulate ? c : ZEROS;
  let c00 = v128.load(from), c01 = v128.load(from, 16), c02 = v128.load(from, 32), c03 = v128.load(from, 48);
  const from1 = accumulate ? c + cRow : ZEROS;
  let c10 = v128.load(from1), c11 = v128.load(from1, 16), c12 = v128.load(from1, 32), c13 = v128.load(from1, 48);
  let a1 = a + aRow;
  let b1 = b + panelStride;
  const end = b + <usize>k * bRow;
  while (b != end) {
    const x0 = v128.load32_splat(a), x1 = v128.load32_splat(a1);
    let y = v128.load(b);
    c00 = multiplyAdd(x0, y, c00); c10 = multiplyAdd(x1, y, c10);
    y = v128.load(b, 16);
    c01 = multiplyAdd(x0, y, c01); c11 = multiplyAdd(x1, y, c11);
    y = v128.load(b1);
    c02 = multiplyAdd(x0, y, c02); c12 = multiplyAdd(x1, y, c12);
    y = v128.load(b1, 16);
    c03 = multiplyAdd(x0, y, c03); c13 = multiplyAdd(x1, y, c13);
    a += aCol; a1 += aCol; b += bRow; b1 += bRow;
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(c, c02, 32); v128.store(c, c03, 48);
  c += cRow;
  v128.store(c, c10); v128.store(c, c11, 16); v128.store(c, c12, 32); v128.store(c, c13, 48);
}
