// C (+)= A B for float32. Strides are in bytes; rows of C are contiguous; what is what, see `gemm` at the end.

import { multiplyDots } from "./dot";
import { packedBytes, packPanels } from "./pack";
import { multiplyRow32, multiplyRows2x16, multiplyTile, PANEL, TILE_ROWS, tileHeight } from "./tile";

/** Steps of k per pass over C: one panel of B, 256 x 8 floats, is 8 KB and stays in the first-level cache. */
const BLOCK_K: i32 = 256;
/** Rows of A per pass over B: 120 x 256 floats are 120 KB and stay in the second-level cache. Divisible by 5 and by 6. */
const BLOCK_M: i32 = 120;

/** Up to so many rows, scalar products with the columns of B are quicker than packing them. */
const DOT_ROWS: i32 = 4;
/** Up to so many rows, B is read where it is when its rows are contiguous. */
const UNPACKED_ROWS: i32 = 64;

/** A transposed A is repacked when its stride misses the cache so often, and B is wide enough to pay for it. */
const REPACK_STRIDE: usize = 2048;
const REPACK_COLUMNS: i32 = 128;

/** The last columns of C, fewer than a panel, are computed here and copied. */
const EDGE: usize = memory.data(192, 16);
const EDGE_ROW: usize = PANEL * sizeof<f32>();

/** Bytes of scratch that `gemm` needs. */
export function gemmScratchBytes(n: i32, k: i32): usize {
  const depth = min(k, BLOCK_K);
  return <usize>(BLOCK_M * depth) * sizeof<f32>() + packedBytes(depth, n);
}

/**
 * C[m, n] (+)= A[m, k] B[k, n].
 *
 * Element (i, p) of A is at `a + i * aRow + p * aCol`; (p, j) of B at `b + p * bRow + j * bCol`, and one of the strides
 * of B is 4 (neighbouring floats). `scratch` has `gemmScratchBytes(n, k)` bytes. Up to 28 bytes behind B may be read.
 */
export function gemm(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, bCol: usize,
  c: usize, cRow: usize, accumulate: bool, scratch: usize,
): void {
  if (m <= DOT_ROWS && aCol == 4 && bRow == 4) {
    return multiplyDots(m, n, k, a, aRow, b, bCol, c, cRow, accumulate);
  }
  // a stride of zero would end the loop of the tile kernel before it began
  const unpacked = m <= UNPACKED_ROWS && bCol == 4 && bRow != 0;
  const blockA = scratch;
  const blockB = scratch + <usize>(BLOCK_M * min(k, BLOCK_K)) * sizeof<f32>();
  let p = 0;
  // once even if k is 0: an empty sum is zero
  do {
    const depth = min(BLOCK_K, k - p);
    const from = a + <usize>p * aCol;
    const rows = b + <usize>p * bRow;
    const add = accumulate || p > 0;
    if (unpacked) {
      multiplyBlock(m, n, depth, from, aRow, aCol, rows, 32, bRow, c, cRow, add, blockA);
    } else {
      packPanels(depth, n, rows, bRow, bCol, blockB);
      multiplyPacked(m, n, depth, from, aRow, aCol, blockB, c, cRow, add, blockA);
    }
    p += BLOCK_K;
  } while (p < k);
}

/** Bytes of B[k, n] as `gemmPack` writes it. */
export function gemmPackedBytes(n: i32, k: i32): usize {
  return packedBytes(k, n);
}

/** Packs B[k, n] once for any number of calls of `gemmPacked`. One stride of B is 4; B is read as by `gemm`. */
export function gemmPack(n: i32, k: i32, b: usize, bRow: usize, bCol: usize, packed: usize): void {
  for (let p = 0; p < k; p += BLOCK_K) {
    const depth = min(BLOCK_K, k - p);
    packPanels(depth, n, b + <usize>p * bRow, bRow, bCol, packed);
    packed += packedBytes(depth, n);
  }
}

/** C[m, n] (+)= A[m, k] B with B from `gemmPack`; otherwise as `gemm`. */
export function gemmPacked(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aCol: usize, packed: usize,
  c: usize, cRow: usize, accumulate: bool, scratch: usize,
): void {
  let p = 0;
  do {
    const depth = min(BLOCK_K, k - p);
    multiplyPacked(m, n, depth, a + <usize>p * aCol, aRow, aCol, packed, c, cRow, accumulate || p > 0, scratch);
    packed += packedBytes(depth, n);
    p += BLOCK_K;
  } while (p < k);
}

/** C[m, n] (+)= A[m, k] B, for one block of k (at most 256), with B packed by `packPanels`. */
function multiplyPacked(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aCol: usize, panels: usize,
  c: usize, cRow: usize, accumulate: bool, blockA: usize,
): void {
  multiplyBlock(m, n, k, a, aRow, aCol, panels, <usize>k * 32, 32, c, cRow, accumulate, blockA);
}

/**
 * C[m, n] (+)= A[m, k] B[k, n] for one block of k. Panels of B start every `panelStride` bytes from `b`, their rows `bRow`
 * bytes apart. Eight columns of the last panel are read even if fewer belong to B: what they give is thrown away.
 */
function multiplyBlock(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, panelStride: usize, bRow: usize,
  c: usize, cRow: usize, accumulate: bool, blockA: usize,
): void {
  const panels = n / PANEL;
  const columns = n % PANEL;
  const repack = aRow == 4 && aCol >= REPACK_STRIDE && n >= REPACK_COLUMNS && m > 1;
  for (let i = 0; i < m; i += BLOCK_M) {
    const rows = min(BLOCK_M, m - i);
    let from = a + <usize>i * aRow;
    let fromCol = aCol;
    if (repack) {
      copyColumns(rows, k, from, aCol, blockA);
      from = blockA;
      fromCol = BLOCK_M * sizeof<f32>();
    }
    const to = c + <usize>i * cRow;
    let panel = 0;
    if (rows == 1) {
      for (; panel + 4 <= panels; panel += 4) {
        multiplyRow32(k, from, fromCol, b + <usize>panel * panelStride, panelStride, bRow, to + (<usize>panel << 5), accumulate);
      }
    }
    if (rows == 2) {
      for (; panel + 2 <= panels; panel += 2) {
        multiplyRows2x16(
          k, from, aRow, fromCol, b + <usize>panel * panelStride, panelStride, bRow, to + (<usize>panel << 5), cRow, accumulate,
        );
      }
    }
    for (; panel < panels; panel++) {
      multiplyPanel(rows, k, from, aRow, fromCol, b + <usize>panel * panelStride, bRow, to + (<usize>panel << 5), cRow, accumulate);
    }
    if (columns) {
      const last = b + <usize>panels * panelStride;
      multiplyEdge(rows, columns, k, from, aRow, fromCol, last, bRow, to + (<usize>panels << 5), cRow, accumulate);
    }
  }
}

/** C[m, 8] (+)= A[m, k] B[k, 8]. */
// @ts-ignore: decorator
@inline
function multiplyPanel(
  m: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize, accumulate: bool,
): void {
  while (m > 0) {
    const rows = tileHeight(m);
    multiplyTile(rows, k, a, aRow, aCol, b, bRow, c, cRow, accumulate);
    a += <usize>rows * aRow;
    c += <usize>rows * cRow;
    m -= rows;
  }
}

/** C[m, columns] (+)= A[m, k] B[k, columns] for fewer columns than a panel has. */
function multiplyEdge(
  m: i32, columns: i32, k: i32, a: usize, aRow: usize, aCol: usize, b: usize, bRow: usize, c: usize, cRow: usize,
  accumulate: bool,
): void {
  while (m > 0) {
    const rows = tileHeight(m);
    multiplyTile(rows, k, a, aRow, aCol, b, bRow, EDGE, EDGE_ROW, false);
    let from = EDGE;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const to = c + (<usize>j << 2);
        const sum = load<f32>(from + (<usize>j << 2));
        store<f32>(to, accumulate ? load<f32>(to) + sum : sum);
      }
      from += EDGE_ROW;
      c += cRow;
    }
    a += <usize>rows * aRow;
    m -= rows;
  }
}

/** A transposed block of A to a dense one whose stride is not a power of two: A[rows, k] with columns contiguous. */
function copyColumns(rows: i32, k: i32, from: usize, fromCol: usize, to: usize): void {
  for (let p = 0; p < k; p++) {
    memory.copy(to, from, <usize>rows << 2);
    from += fromCol;
    to += BLOCK_M * sizeof<f32>();
  }
}
