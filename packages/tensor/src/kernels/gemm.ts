import { gemmJs } from "./gemm-js.ts";
import type { FloatArray } from "./gemm-types.ts";

/**
 * What computes matrix products: WASM SIMD with fused multiply-add, WASM SIMD, or plain TypeScript.
 *
 * @public
 */
export type Backend = "wasm-fma" | "wasm-simd" | "js";

/**
 * The backend that large float32 matrix products use.
 *
 * @public
 */
export function backend(): Backend {
  return "js";
}

/**
 * Forces one backend, or returns to choosing with `"auto"`; for tests and benchmarks.
 *
 * @throws RangeError if the name is unknown or the backend is not available here.
 *
 * @public
 */
export function setBackend(name: Backend | "auto"): void {
  if (name !== "auto" && name !== "js") throw new RangeError(`setBackend: "${name}" is not available here`);
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
  gemmJs(
    m, n, k, a, aOffset, aRowStride, aColStride, b, bOffset, bRowStride, bColStride, c, cOffset, cRowStride, accumulate,
  ); // biome-ignore format: one operand after the other
}
