import { wasmKernels } from "./backend.ts";
import { copyRun } from "./wasm-copy.ts";

/** Functions that have a SIMD kernel. */
export type UnaryKernel = "exp" | "sigmoid" | "tanh";

/** From so many elements on, SIMD wins with the copies counted: 1.0 to 1.5 times a loop of `Math` functions at 8, 3 to 4 at 64. */
const WASM_FROM_ELEMENTS = 8;

/** Elements per pass: 64 KB in linear memory stay in the second-level cache from copying in to copying out. */
const CHUNK = 16_384;

/**
 * Applies a function to `n` neighbouring float32 elements with SIMD; `source` and `target` may be the same.
 *
 * @remarks
 * Within 4 units in the last place of the float64 function rounded to float32. NaN stays NaN; infinities, signed zeros
 * and denormals give what the float64 function gives.
 *
 * @returns false, and nothing is written, if a plain loop is to be used: few elements, or no SIMD here.
 */
export function unaryKernel(
  name: UnaryKernel,
  source: Float32Array,
  sourceOffset: number,
  target: Float32Array,
  targetOffset: number,
  n: number,
): boolean {
  const wasm = wasmKernels(n < WASM_FROM_ELEMENTS);
  if (!wasm) return false;
  const { scratchStart } = wasm;
  if (!wasm.memory.reserve(scratchStart + 4 * CHUNK)) return false;
  const kernel = wasm.exports[name];
  const { floats } = wasm.memory;
  const at = scratchStart / 4;
  for (let done = 0; done < n; done += CHUNK) {
    const count = Math.min(CHUNK, n - done);
    copyRun(floats, at, source, sourceOffset + done, count);
    kernel(count, scratchStart);
    copyRun(target, targetOffset + done, floats, at, count);
  }
  return true;
}
