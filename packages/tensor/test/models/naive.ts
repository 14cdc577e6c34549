import { arange, flip, slice, type Tensor, tensor, transpose } from "@rnn/tensor";
import fc from "fast-check";

/** All positions of a shape, in row-major order. */
export function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, n) => all.flatMap((index) => Array.from({ length: n }, (_, i) => [...index, i])),
    [[]],
  );
}

/** One element, found by strides alone. */
export function read(x: Tensor, index: readonly number[]): number {
  return x.data[index.reduce((at, i, d) => at + i * x.strides[d]!, x.offset)]!;
}

/** The elements of a tensor in row-major order. */
export function elements(x: Tensor): number[] {
  return positions(x.shape).map((index) => read(x, index));
}

/** A float64 tensor whose elements are a function of their position. */
export function build(shape: readonly number[], value: (index: number[]) => number): Tensor {
  return tensor(Float64Array.from(positions(shape).map(value)), { shape });
}

/** A list with another item at one place. */
export function replaced(list: readonly number[], at: number, item: number): number[] {
  return list.map((old, i) => (i === at ? item : old));
}

/** 1 to 3 dimensions of 1 to 4 elements. */
export const solidShape: fc.Arbitrary<number[]> = fc.array(fc.integer({ min: 1, max: 4 }), {
  minLength: 1,
  maxLength: 3,
});

/** A float64 tensor 0, 1, 2, ... seen through transposing, flipping and slicing. */
export const viewed: fc.Arbitrary<Tensor> = fc
  .tuple(solidShape, fc.array(fc.tuple(fc.nat(2), fc.nat(10), fc.nat(10)), { maxLength: 3 }))
  .map(([shape, steps]) => {
    let x = arange(shape.reduce((a, b) => a * b, 1))
      .to("float64")
      .reshape(shape);
    for (const [kind, i, j] of steps) {
      const a = i % x.ndim;
      if (kind === 0) x = transpose(x, a, j % x.ndim);
      else if (kind === 1) x = flip(x, a);
      else if (j % 3 === 0) x = x.slice(...Array<null>(a).fill(null), [-1, null, -1 - (i % 2)]);
      else x = slice(x, [...Array<null>(a).fill(null), [x.shape[a]! > 1 ? j % 2 : 0, null, 1 + (i % 2)]]);
    }
    return x;
  });

/** A tensor as {@link viewed}, with one of its dimensions. */
export const viewedAlong: fc.Arbitrary<[Tensor, number]> = viewed.chain((x) =>
  fc.tuple(fc.constant(x), fc.nat(x.ndim - 1)),
);
