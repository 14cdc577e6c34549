import { wasmKernels } from "./backend.ts";
import { gemmJs } from "./gemm-js.ts";
import type { FloatArray, Gemm } from "./gemm-types.ts";
import { createWasmGemm } from "./gemm-wasm.ts";
import { PRODUCTS_FROM } from "./thresholds.ts";
import type { WasmKernels } from "./wasm.ts";

export { type Backend, backend, setBackend } from "./backend.ts";

/** The kernel made last; there is a new one only when `setBackend` changes the SIMD module. */
let wasmGemm: { readonly of: WasmKernels; readonly kernel: Gemm } | undefined;

/** The kernel for a product: SIMD for float32, TypeScript for float64, for small products and where SIMD is missing. */
export function chooseGemm(m: number, n: number, k: number, dtype: "float32" | "float64"): Gemm {
  if (dtype === "float64") return gemmJs;
  const wasm = wasmKernels(m * n * k < PRODUCTS_FROM);
  if (!wasm) return gemmJs;
  if (wasmGemm?.of !== wasm) wasmGemm = { of: wasm, kernel: createWasmGemm(wasm) };
  return wasmGemm.kernel;
}

/**
 * A matrix product over raw arrays: `c[m, n] = a[m, k] b[k, n]`, or `c += a b` with `accumulate`.
 *
 * @remarks
 * Element `(i, p)` of `a` is `a[aOffset + i * aRowStride + p * aColStride]`, and likewise for `b`, so transposed,
 * sliced, reversed and broadcast operands need no copy. The rows of `c` are contiguous and must not overlap `a`
 * or `b`. All three arrays have one type. Nothing is checked: the caller vouches for shapes and bounds.
 *
 * @public
 */
export function gemm(
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
  const kernel = chooseGemm(m, n, k, c.BYTES_PER_ELEMENT === 4 ? "float32" : "float64");
  // biome-ignore format: one operand per line
  kernel(
    m, n, k,
    a, aOffset, aRowStride, aColStride,
    b, bOffset, bRowStride, bColStride,
    c, cOffset, cRowStride, accumulate,
  );
}
