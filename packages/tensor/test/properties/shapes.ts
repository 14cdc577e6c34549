import { arange, reshape, type Tensor } from "@rnn/tensor";
import fc from "fast-check";

/** The size of a dimension, perhaps none. */
export const dimension: fc.Arbitrary<number> = fc.integer({ min: 0, max: 4 });

/** Up to 4 dimensions, perhaps without elements. */
export const shape: fc.Arbitrary<number[]> = fc.array(dimension, { maxLength: 4 });

/** The number of elements of a shape. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((a, b) => a * b, 1);
}

/** 0, 1, 2, ... in the given shape. */
export function counted(dims: readonly number[]): Tensor {
  return reshape(arange(sizeOf(dims)), dims);
}

/** Two shapes that broadcast: parts of one shape, with some dimensions set to 1. */
export const broadcastable: fc.Arbitrary<{ a: number[]; b: number[] }> = fc
  .tuple(shape, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), fc.nat(4), fc.nat(4))
  .map(([dims, squash, cutA, cutB]) => ({
    a: dims.map((n, d) => (squash[d] ? 1 : n)).slice(Math.min(cutA, dims.length)),
    b: dims.map((n, d) => (squash[d + 4] ? 1 : n)).slice(Math.min(cutB, dims.length)),
  }));
