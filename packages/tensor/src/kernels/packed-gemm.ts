import { wasmKernels } from "./backend.ts";
import { gemmJs } from "./gemm-js.ts";
import type { FloatArray } from "./gemm-types.ts";
import { PACKED_PRODUCTS_FROM } from "./thresholds.ts";
import type { WasmKernels, WasmMemory } from "./wasm.ts";
import { copyLines, copyOperand } from "./wasm-copy.ts";

/** Rows of A and C are brought to linear memory in pieces of about so many bytes. */
const PIECE_BYTES = 2 ** 20;

/** Frees the block of a packed matrix that nobody can reach any more. */
let freed: FinalizationRegistry<{ readonly memory: WasmMemory; readonly address: number }> | undefined;

/** A copy of B[k, n] for many products A B: as it is, and packed in linear memory from its first use there. */
export class PackedGemm {
  readonly #n: number;
  readonly #k: number;
  /** B in row-major order. */
  readonly #b: FloatArray;
  /** Where B is packed; `null` if there was no room for it. Both builds share the memory and the order. */
  #address: number | null | undefined;

  constructor(n: number, k: number, b: FloatArray, bOffset: number, bRowStride: number, bColStride: number) {
    this.#n = n;
    this.#k = k;
    this.#b = b instanceof Float32Array ? new Float32Array(k * n) : new Float64Array(k * n);
    let to = 0;
    for (let p = 0; p < k; p++) {
      let from = bOffset + p * bRowStride;
      for (let j = 0; j < n; j++, from += bColStride) this.#b[to++] = b[from]!;
    }
  }

  /** `c[m, n] (+)= a[m, k] B`; arguments as those of `gemm`. */
  multiply(
    m: number,
    a: FloatArray,
    aOffset: number,
    aRowStride: number,
    aColStride: number,
    c: FloatArray,
    cOffset: number,
    cRowStride: number,
    accumulate: boolean,
  ): void {
    const n = this.#n;
    const k = this.#k;
    const wasm = this.#b instanceof Float32Array ? wasmKernels(m * n * k < PACKED_PRODUCTS_FROM) : undefined;
    const packed = wasm && this.#pack(wasm);
    const rows = Math.min(m, Math.max(1, Math.floor(PIECE_BYTES / (4 * (n + k)))));
    if (!packed || !wasm.memory.reserve(pieceLayout(wasm, rows, n, k).end)) {
      // biome-ignore format: one operand per line
      gemmJs(
        m, n, k,
        a, aOffset, aRowStride, aColStride,
        this.#b, 0, n, 1,
        c, cOffset, cRowStride, accumulate,
      );
      return;
    }
    const { floats } = wasm.memory;
    const { a: aAt, c: cAt, scratch } = pieceLayout(wasm, rows, n, k);
    for (let i = 0; i < m; i += rows) {
      const piece = Math.min(rows, m - i);
      const at = aOffset + i * aRowStride;
      const layout = copyOperand(floats, aAt / 4, piece, k, a, at, aRowStride, aColStride);
      const cPiece = cOffset + i * cRowStride;
      if (accumulate) copyLines(floats, cAt / 4, n, c, cPiece, cRowStride, piece, n);
      // biome-ignore format: one operand per line
      wasm.exports.gemmPacked(
        piece, n, k,
        aAt, layout.row, layout.col,
        packed,
        cAt, 4 * n, accumulate, scratch,
      );
      copyLines(c, cPiece, cRowStride, floats, cAt / 4, n, piece, n);
    }
  }

  /** The address of B in linear memory, packed on first use. */
  #pack({ exports, memory }: WasmKernels): number | null {
    if (this.#address !== undefined) return this.#address;
    const n = this.#n;
    const k = this.#k;
    this.#address = null;
    const address = memory.allocate(exports.gemmPackedBytes(n, k));
    if (address === undefined) return null;
    freed ??= new FinalizationRegistry(({ memory, address }) => memory.free(address));
    freed.register(this, { memory, address });
    const dense = memory.scratchStart;
    // up to 28 bytes behind B may be read
    if (!memory.reserve(dense + 4 * k * n + 28)) return null;
    memory.floats.set(this.#b, dense / 4);
    exports.gemmPack(n, k, dense, 4 * n, 4, address);
    this.#address = address;
    return address;
  }
}

/** Addresses of a piece of A, of the same rows of C, and of the scratch of the product. */
function pieceLayout(
  { exports, memory }: WasmKernels,
  rows: number,
  n: number,
  k: number,
): { a: number; c: number; scratch: number; end: number } {
  const a = memory.scratchStart;
  const c = align(a + 4 * rows * k);
  const scratch = align(c + 4 * rows * n);
  return { a, c, scratch, end: scratch + exports.gemmScratchBytes(n, k) };
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
