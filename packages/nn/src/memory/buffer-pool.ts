import { Tensor, zeros } from "@rnn/tensor";
import type { FloatDType } from "../dtype.ts";

// Large arrays that only a graph node holds, handed on from node to node. Fresh memory costs a page fault per 4 KB when
// it is first written to, several times what the writing costs.

/** Arrays from 64 KB on are handed on; smaller ones come from pages that are in use already. */
const SMALLEST = 16_384;

/** Idle memory is limited to 128 MB. */
const MOST_IDLE = 2 ** 25;

/** Waiting for the next node, the longest idle first. */
const idle: Float32Array<ArrayBuffer>[] = [];
let idleLength = 0;

/**
 * An array of `length` elements of any value; give it to {@link returnFloats} when nobody can reach it any more.
 *
 * @param longest - the longest idle array to take for it: what is not needed of that array lies unused until it comes back
 */
export function takeFloats(length: number, longest: number = 2 * length): Float32Array<ArrayBuffer> {
  if (length < SMALLEST) return new Float32Array(length);
  let best = -1;
  for (let i = 0; i < idle.length; i++) {
    const fits = idle[i]!.length >= length && idle[i]!.length <= longest;
    if (fits && (best < 0 || idle[i]!.length < idle[best]!.length)) best = i;
  }
  if (best < 0) return new Float32Array(length);
  const [found] = idle.splice(best, 1) as [Float32Array<ArrayBuffer>];
  idleLength -= found.length;
  return found.subarray(0, length);
}

/** Makes an array from {@link takeFloats} available again. */
export function returnFloats(floats: Float32Array<ArrayBuffer>): void {
  if (floats.length < SMALLEST) return;
  const whole = new Float32Array(floats.buffer);
  idle.push(whole);
  idleLength += whole.length;
  while (idleLength > MOST_IDLE) idleLength -= idle.shift()!.length;
}

/** The memory of gradients on their way through the graph, that nobody but the walk holds. */
const lent = new WeakSet<ArrayBufferLike>();

/**
 * An array of `length` elements of any value for a gradient that a backward function returns. The walk takes it back from the
 * operation that has read it, unless somebody may hold it.
 */
export function lendFloats(length: number): Float32Array<ArrayBuffer> {
  const floats = takeFloats(length);
  if (length >= SMALLEST) lent.add(floats.buffer);
  return floats;
}

/** A gradient of zeros for a backward function to fill in and return: in lent memory if there may be any. */
export function lentZeros(shape: readonly number[], dtype: FloatDType): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  if (size < SMALLEST || dtype !== "float32") return zeros(shape, { dtype });
  return new Tensor(lendFloats(size).fill(0), shape);
}

/** Whether all of a tensor, and nothing else, is in memory from {@link lendFloats}. */
export function isLent({ data, size, isContiguous }: Tensor): boolean {
  return size >= SMALLEST && isContiguous && data.length === size && lent.has(data.buffer);
}

/** Takes back what {@link lendFloats} gave, from somebody who has read it and holds it no more; nothing for other arrays. */
export function takeBack(data: ArrayLike<number>): void {
  if (data.length < SMALLEST || !(data instanceof Float32Array) || !lent.delete(data.buffer)) return;
  returnFloats(data as Float32Array<ArrayBuffer>);
}

/** Leaves what {@link lendFloats} gave with somebody who may hold it for good. */
export function leave(data: ArrayLike<number>): void {
  // the buffer of a short array does not exist before somebody asks for it
  if (data.length >= SMALLEST && data instanceof Float32Array) lent.delete(data.buffer);
}

/** Arrays in one block of memory, and the way to return it to the pool. */
export interface PooledFloats {
  readonly parts: readonly Float32Array[];
  readonly release: () => void;
}

/** Arrays of these lengths and any value; from the pool if somebody `willReturn` them. */
export function takeTogether(willReturn: boolean, lengths: readonly number[]): PooledFloats {
  const length = lengths.reduce((a, b) => a + b, 0);
  // batches of texts are of another length at every step: what the longest needed serves all others
  const block = willReturn ? takeFloats(length, Infinity) : new Float32Array(length);
  let end = 0;
  const parts = lengths.map((length) => block.subarray(end, (end += length)));
  return { parts, release: () => returnFloats(block) };
}
