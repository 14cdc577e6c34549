import { gemmJs } from "./gemm-js.ts";
import type { FloatArray, Gemm } from "./gemm-types.ts";
import type { WasmKernels } from "./wasm.ts";
import { copyLines, copyOperand } from "./wasm-copy.ts";

/** Larger products are cut in two until they fit, so that linear memory, which never shrinks, stays small. */
const MEMORY_LIMIT = 64 * 2 ** 20;

/** Columns that the kernel computes at a time. */
const PANEL = 8;

/** From so many rows on the kernel reads B more than once. */
const WIDE_ROWS = 128;

/** If B and C then have so many bytes, which no cache keeps until the next pass, they are brought in and out in pieces. */
const WIDE_BYTES = 2 ** 23;

/** About so many columns are a piece. */
const WIDE_COLUMNS = 512;

/**
 * Float32 matrix products in WASM: copies the operands into linear memory, multiplies there, and copies C out.
 *
 * @param memoryLimit - bytes of scratch that one product may use.
 * @param wideBytes - from how many bytes of B and C on they are brought in and out in pieces.
 */
export function createWasmGemm(
  { exports, memory }: WasmKernels,
  memoryLimit: number = MEMORY_LIMIT,
  wideBytes: number = WIDE_BYTES,
): Gemm {
  return function gemmWasm(
    m: number,
    n: number,
    k: number,
    a: FloatArray,
    aOffset: number,
    aRowStride: number,
    aColStride: number,
    b: FloatArray,
    bOffset: number,
    bRowStride: number,
    bColStride: number,
    c: FloatArray,
    cOffset: number,
    cRowStride: number,
    accumulate: boolean,
  ): void {
    if (n === 1 && m > 1 && cRowStride === 1) {
      // a single column is a single row of the transposed product, which has kernels of its own
      // biome-ignore format: one operand per line
      gemmWasm(
        1, m, k,
        b, bOffset, bColStride, bRowStride,
        a, aOffset, aColStride, aRowStride,
        c, cOffset, m, accumulate,
      );
      return;
    }

    const isWide = m >= WIDE_ROWS && n >= 2 * WIDE_COLUMNS && 4 * n * (m + k) >= wideBytes;
    const columns = isWide ? columnsPerPiece(n) : n;
    const aAddress = memory.scratchStart;
    const bAddress = align(aAddress + 4 * m * k);
    const cAddress = align(bAddress + 4 * k * columns);
    const scratch = align(cAddress + 4 * m * columns);
    const end = scratch + exports.gemmScratchBytes(columns, k);
    const fits = end - aAddress <= memoryLimit || Math.max(m, n, k) <= 1;
    if (!fits || !memory.reserve(end)) {
      // biome-ignore format: one operand per line
      (fits ? gemmJs : multiplyHalves(gemmWasm))(
        m, n, k,
        a, aOffset, aRowStride, aColStride,
        b, bOffset, bRowStride, bColStride,
        c, cOffset, cRowStride, accumulate,
      );
      return;
    }

    const { floats } = memory;
    const aLayout = copyOperand(floats, aAddress / 4, m, k, a, aOffset, aRowStride, aColStride);
    for (let j = 0; j < n; j += columns) {
      const width = Math.min(columns, n - j);
      const bLayout = copyOperand(
        floats,
        bAddress / 4,
        k,
        width,
        b,
        bOffset + j * bColStride,
        bRowStride,
        bColStride,
      );
      if (accumulate) copyLines(floats, cAddress / 4, width, c, cOffset + j, cRowStride, m, width);
      // biome-ignore format: one operand per line
      exports.gemm(
        m, width, k,
        aAddress, aLayout.row, aLayout.col,
        bAddress, bLayout.row, bLayout.col,
        cAddress, 4 * width, accumulate, scratch,
      );
      copyLines(c, cOffset + j, cRowStride, floats, cAddress / 4, width, m, width);
    }
  };
}

/** Whole panels, in pieces of about equal size. */
function columnsPerPiece(n: number): number {
  const pieces = Math.ceil(n / WIDE_COLUMNS);
  return Math.ceil(n / pieces / PANEL) * PANEL;
}

/** Computes a product as two halves of its longest dimension; halves of k are added up in C. */
function multiplyHalves(gemm: Gemm): Gemm {
  // biome-ignore format: one operand per line
  return (
    m, n, k, a, aOffset, aRowStride, aColStride, b, bOffset, bRowStride, bColStride, c, cOffset, cRowStride, accumulate,
  ) => {
    const part = (
      i: number, j: number, p: number, rows: number, cols: number, depth: number, add: boolean,
    ): void =>
      gemm(
        rows, cols, depth,
        a, aOffset + i * aRowStride + p * aColStride, aRowStride, aColStride,
        b, bOffset + p * bRowStride + j * bColStride, bRowStride, bColStride,
        c, cOffset + i * cRowStride + j, cRowStride, add,
      );
    if (m >= n && m >= k) {
      const half = m >> 1;
      part(0, 0, 0, half, n, k, accumulate);
      part(half, 0, 0, m - half, n, k, accumulate);
    } else if (n >= k) {
      const half = n >> 1;
      part(0, 0, 0, m, half, k, accumulate);
      part(0, half, 0, m, n - half, k, accumulate);
    } else {
      const half = k >> 1;
      part(0, 0, 0, m, n, half, accumulate);
      part(0, 0, half, m, n, k - half, true);
    }
  };
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
