import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { FloatArray } from "../float-data.ts";

/** From so many elements on SIMD wins, with the copies into and out of linear memory counted. */
const SIMD_FROM_ELEMENTS = 128;

/** Elements per pass: with six arrays, 96 KB in linear memory stay in the second-level cache. */
const CHUNK = 4096;

/** The kernels of one module of update-kernels.ts. */
type KernelsOf<Kernels> = (simd: SimdKernels) => Kernels;

/** Does something with chunks of `count` elements; the addresses of the arrays, in their order, are behind. */
type ChunkStep<Kernels> = (kernels: Kernels, count: number, ...at: number[]) => void;

/**
 * Updates float32 arrays of equal length in linear memory, chunk by chunk. All but the last, the gradient, are copied back
 * (a single one is copied back too).
 *
 * @param arrays - `null` for one that the kernel does without: its address is 0
 * @returns false, and nothing is changed, if a plain loop is to be used: float64, few elements, or no SIMD here
 */
export function updateInChunks<Kernels>(
  kernelsOf: KernelsOf<Kernels>,
  arrays: readonly (FloatArray | null)[],
  step: ChunkStep<Kernels>,
): boolean {
  return inChunks(kernelsOf, arrays, Math.max(1, arrays.length - 1), step);
}

/** The same with one array that is only read. */
export function readInChunks<Kernels>(
  kernelsOf: KernelsOf<Kernels>,
  array: FloatArray,
  step: ChunkStep<Kernels>,
): boolean {
  return inChunks(kernelsOf, [array], 0, step);
}

/** @param changed - how many arrays, from the first on, are copied back */
function inChunks<Kernels>(
  kernelsOf: KernelsOf<Kernels>,
  arrays: readonly (FloatArray | null)[],
  changed: number,
  step: ChunkStep<Kernels>,
): boolean {
  const n = arrays[0]!.length;
  if (!arrays.every((array) => array === null || array instanceof Float32Array)) return false;
  const simd = simdKernels(n < SIMD_FROM_ELEMENTS);
  if (simd === undefined) return false;
  const { memory, scratchStart } = simd;
  if (!memory.reserve(scratchStart + 4 * CHUNK * arrays.length)) return false;
  const { floats } = memory;
  const kernels = kernelsOf(simd);
  const at = arrays.map((array, i) => (array === null ? 0 : scratchStart + 4 * CHUNK * i));
  for (let done = 0; done < n; done += CHUNK) {
    const count = Math.min(CHUNK, n - done);
    for (let i = 0; i < arrays.length; i++) {
      const array = arrays[i];
      if (array) floats.set(array.subarray(done, done + count), at[i]! / 4);
    }
    step(kernels, count, ...at);
    for (let i = 0; i < changed; i++) {
      arrays[i]?.set(floats.subarray(at[i]! / 4, at[i]! / 4 + count), done);
    }
  }
  return true;
}
