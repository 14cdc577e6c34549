import type { RowGradient } from "@rnn/nn";
import { type SimdKernels, simdKernels } from "@rnn/tensor";
import type { FloatArray } from "../float-data.ts";
import { ArrayOperand, BlockOperand, nothing, type Operand, RowOperand } from "./operands.ts";

/** From this many elements on, SIMD wins, with the copies into and out of linear memory counted. */
const SIMD_FROM_ELEMENTS = 128;

/** Elements per pass: with six arrays, 96 KB in linear memory stay in the second-level cache. */
const CHUNK = 4096;

/** A gradient whose rows take more bytes than this is expanded to a whole one, since linear memory never shrinks. */
const MOST_ROW_BYTES = 2 ** 24;

/** The kernels of one module of update-kernels.ts. */
type KernelsOf<Kernels> = (simd: SimdKernels) => Kernels;

/** Does something with a chunk of `count` elements; the addresses of the operands follow, in their order. */
type ChunkStep<Kernels> = (kernels: Kernels, count: number, ...at: number[]) => void;

/** What an optimizer remembers about a parameter; `ParameterState` is one. */
interface Buffers {
  /** The address of a buffer that stays in linear memory; 0 if it does not. */
  _residentAddress(simd: SimdKernels, name: string): number;
  buffer(name: string): FloatArray;
}

/**
 * Updates a parameter, and buffers of its state, by a gradient in linear memory, chunk by chunk.
 *
 * @param names - of the buffers; `null` for one that the kernel does without: its address is 0
 * @param step - gets the addresses of values, buffers and gradient
 * @returns false, and nothing is changed, if a plain loop is to be used: float64, few elements, or no SIMD here
 */
export function updateInChunks<Kernels>(
  kernelsOf: KernelsOf<Kernels>,
  values: FloatArray,
  state: Buffers,
  names: readonly (string | null)[],
  gradient: FloatArray | RowGradient,
  step: ChunkStep<Kernels>,
): boolean {
  const simd = simdFor(values);
  if (simd === undefined) return false;
  if (!(("rows" in gradient ? gradient.values : gradient) instanceof Float32Array)) return false;
  const buffers = names.map((name) => (name === null ? nothing : bufferOperand(simd, state, name)));
  const w = new ArrayOperand(values as Float32Array, true);
  const { memory, scratchStart } = simd; // read after the buffers were allocated, which moves it
  if (!("rows" in gradient)) {
    const dw = new ArrayOperand(gradient as Float32Array, false);
    return inChunks(simd, kernelsOf, scratchStart, values.length, [w, ...buffers, dw], step);
  }
  const chunks = align(scratchStart + RowOperand.bytes(gradient));
  if (chunks - scratchStart > MOST_ROW_BYTES || !memory.reserve(chunks)) return false;
  const dw = new RowOperand(simd, gradient, scratchStart);
  return inChunks(simd, kernelsOf, chunks, values.length, [w, ...buffers, dw], step);
}

function bufferOperand(simd: SimdKernels, state: Buffers, name: string): Operand {
  const address = state._residentAddress(simd, name);
  return address === 0
    ? new ArrayOperand(state.buffer(name) as Float32Array, true)
    : new BlockOperand(address);
}

/** Does the same with one array, which is changed or only read. */
export function arrayInChunks<Kernels>(
  kernelsOf: KernelsOf<Kernels>,
  array: FloatArray,
  isChanged: boolean,
  step: ChunkStep<Kernels>,
): boolean {
  const simd = simdFor(array);
  if (simd === undefined) return false;
  const operand = new ArrayOperand(array as Float32Array, isChanged);
  return inChunks(simd, kernelsOf, simd.scratchStart, array.length, [operand], step);
}

/** The kernels for such an array, if there are any. */
function simdFor(values: FloatArray): SimdKernels | undefined {
  return values instanceof Float32Array ? simdKernels(values.length < SIMD_FROM_ELEMENTS) : undefined;
}

/** @param scratch - where there is room for a chunk of every operand */
function inChunks<Kernels>(
  simd: SimdKernels,
  kernelsOf: KernelsOf<Kernels>,
  scratch: number,
  length: number,
  operands: readonly Operand[],
  step: ChunkStep<Kernels>,
): boolean {
  const { memory } = simd;
  if (!memory.reserve(scratch + 4 * CHUNK * operands.length)) return false;
  const { floats } = memory;
  const kernels = kernelsOf(simd);
  const at = operands.map(() => 0);
  for (let from = 0; from < length; from += CHUNK) {
    const to = Math.min(from + CHUNK, length);
    for (let i = 0; i < operands.length; i++) {
      at[i] = operands[i]!.bring(floats, from, to, scratch + 4 * CHUNK * i);
    }
    step(kernels, to - from, ...at);
    for (let i = 0; i < operands.length; i++) {
      operands[i]!.takeBack(floats, from, to, scratch + 4 * CHUNK * i);
    }
  }
  return true;
}

function align(address: number): number {
  return Math.ceil(address / 64) * 64;
}
