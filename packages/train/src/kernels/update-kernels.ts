import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { FloatArray } from "../float-data.ts";
import { wasmModule } from "./wasm-module.ts";

/** What `assembly/index.ts` exports: see there. Everything up to `count` is an address in bytes. */
export interface UpdateKernels {
  sgd(count: number, w: number, dw: number, sign: number, decay: number, rate: number): void;
  momentum(
    count: number,
    w: number,
    dw: number,
    v: number,
    sign: number,
    decay: number,
    rate: number,
    keep: number,
    take: number,
    ahead: number,
  ): void;
  adam(
    count: number,
    w: number,
    dw: number,
    m: number,
    v: number,
    largest: number,
    sign: number,
    decay: number,
    keepM: number,
    takeM: number,
    keepV: number,
    takeV: number,
    root: number,
    eps: number,
    stepSize: number,
    shrink: number,
  ): void;
  rmsprop(
    count: number,
    w: number,
    dw: number,
    square: number,
    mean: number,
    velocity: number,
    sign: number,
    decay: number,
    keep: number,
    take: number,
    momentum: number,
    rate: number,
    eps: number,
  ): void;
  adagrad(
    count: number,
    w: number,
    dw: number,
    sum: number,
    sign: number,
    decay: number,
    rate: number,
    eps: number,
  ): void;
  scale(count: number, x: number, by: number): void;
  squareSum(count: number, x: number): number;
}

/** From so many elements on SIMD wins, with the copies into and out of linear memory counted. */
const SIMD_FROM_ELEMENTS = 128;

/** Elements per pass: with six arrays, 96 KB in linear memory stay in the second-level cache. */
const CHUNK = 4096;

/** The running modules, one for each of tensor's that was met. */
const loaded = new WeakMap<SimdKernels, UpdateKernels>();

/** Does something with chunks of `count` elements; the addresses of the arrays, in their order, are behind. */
type ChunkStep = (kernels: UpdateKernels, count: number, ...at: number[]) => void;

/**
 * Updates float32 arrays of equal length in linear memory, chunk by chunk. All but the last, the gradient, are copied back
 * (a single one is copied back too).
 *
 * @param arrays - `null` for one that the kernel does without: its address is 0
 * @returns false, and nothing is changed, if a plain loop is to be used: float64, few elements, or no SIMD here
 */
export function updateInChunks(arrays: readonly (FloatArray | null)[], step: ChunkStep): boolean {
  return inChunks(arrays, Math.max(1, arrays.length - 1), step);
}

/** The same with one array that is only read. */
export function readInChunks(array: FloatArray, step: ChunkStep): boolean {
  return inChunks([array], 0, step);
}

/** @param changed - how many arrays, from the first on, are copied back */
function inChunks(arrays: readonly (FloatArray | null)[], changed: number, step: ChunkStep): boolean {
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

function kernelsOf(simd: SimdKernels): UpdateKernels {
  let kernels = loaded.get(simd);
  if (kernels === undefined) {
    kernels = simd.instantiate(wasmModule) as UpdateKernels;
    loaded.set(simd, kernels);
  }
  return kernels;
}
