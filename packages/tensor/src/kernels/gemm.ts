import { gemmJs } from "./gemm-js.ts";
import type { FloatArray, Gemm } from "./gemm-types.ts";
import { createWasmGemm } from "./gemm-wasm.ts";
import { loadWasm } from "./wasm.ts";

/**
 * What computes matrix products: WASM SIMD with fused multiply-add, WASM SIMD, or plain TypeScript.
 *
 * @public
 */
export type Backend = "wasm-fma" | "wasm-simd" | "js";

/**
 * From so many multiplications on, WASM wins with the copies into linear memory counted: measured 0.5 to 1.0 times the
 * speed of TypeScript at 64, 1.1 to 1.8 times at 256, 3 times at 1,024, whatever the shape.
 */
const WASM_FROM_PRODUCTS = 200;

let forced: Backend | "auto" = "auto";
/** The kernel of each backend that was asked for; `null` remembers that it cannot run here. */
const kernels = new Map<Backend, Gemm | null>([["js", gemmJs]]);

/**
 * The backend that large float32 matrix products use: the forced one, or the fastest that runs here.
 *
 * @public
 */
export function backend(): Backend {
  if (forced !== "auto") return forced;
  if (kernelOf("wasm-fma")) return "wasm-fma";
  return kernelOf("wasm-simd") ? "wasm-simd" : "js";
}

/**
 * Forces a backend for float32 matrix products of every size, or returns to choosing with `"auto"`. For tests and
 * benchmarks.
 *
 * @throws RangeError if the name is unknown, or the backend cannot run here.
 *
 * @example
 * ```ts
 * setBackend("js");
 * backend(); // "js"
 * setBackend("auto");
 * ```
 *
 * @public
 */
export function setBackend(name: Backend | "auto"): void {
  if (!["auto", "wasm-fma", "wasm-simd", "js"].includes(name)) {
    throw new RangeError(
      `setBackend: "${name}" is not a backend; expected "auto", "wasm-fma", "wasm-simd" or "js"`,
    );
  }
  if (name !== "auto" && !kernelOf(name)) {
    throw new RangeError(`setBackend: "${name}" cannot run here; the fastest that can is "${backend()}"`);
  }
  forced = name;
}

/**
 * The kernel for a product. float64 has no SIMD kernel; small products and places without WASM SIMD use TypeScript.
 */
export function chooseGemm(m: number, n: number, k: number, dtype: "float32" | "float64"): Gemm {
  if (dtype === "float64") return gemmJs;
  if (forced === "auto" && m * n * k < WASM_FROM_PRODUCTS) return gemmJs;
  return kernelOf(backend()) ?? gemmJs;
}

function kernelOf(name: Backend): Gemm | null {
  let kernel = kernels.get(name);
  if (kernel === undefined) {
    const wasm = loadWasm(name === "wasm-fma" ? "fma" : "simd");
    kernel = wasm ? createWasmGemm(wasm) : null;
    kernels.set(name, kernel);
  }
  return kernel;
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
