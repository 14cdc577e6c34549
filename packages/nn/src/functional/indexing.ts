import { cat, Tensor, zeros } from "@rnn/tensor";
import type { FloatArray } from "../dtype.ts";
import { lendFloats } from "../memory/buffer-pool.ts";
import { internalZeros } from "../memory/small-arrays.ts";

/** From so many elements on, memory that was in use already is filled with zeros faster than new memory comes. */
const LENT_FROM = 20_000;

/** A gradient: zeros of `shape`, with `part` copied into the region that `view` picks out of them. */
export function zerosWith(part: Tensor, shape: readonly number[], view: (whole: Tensor) => Tensor): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const isLent = size >= LENT_FROM && part.dtype === "float32";
  const elements = isLent ? lendFloats(size).fill(0) : internalZeros(part.data as FloatArray, size);
  const whole = new Tensor(elements, shape);
  if (part.size === 0) return whole;
  const region = view(whole);
  const { data, offset } = part.contiguous();
  if (region.isContiguous) {
    whole.data.set(data.subarray(offset, offset + part.size), region.offset);
  } else {
    visit(region.shape, region.strides, region.offset, (at, i) => {
      whole.data[at] = data[offset + i] as number;
    });
  }
  return whole;
}

/**
 * Zeros of `shape`, to which each element of `source` is added at its own position, but at `index` along `dim`.
 * `source` and `index` have one shape; elements with the same target add up.
 */
export function scatterAdd(source: Tensor, index: Tensor, dim: number, shape: readonly number[]): Tensor {
  const whole = zeros(shape, { dtype: source.dtype });
  const along = dim < 0 ? dim + shape.length : dim;
  const step = whole.strides[along] ?? 0;
  const strides = whole.strides.map((stride, d) => (d === along ? 0 : stride));
  const from = source.contiguous();
  const positions = index.contiguous();
  visit(index.shape, strides, 0, (at, i) => {
    const target = at + step * (positions.data[positions.offset + i] as number);
    whole.data[target] = (whole.data[target] as number) + (from.data[from.offset + i] as number);
  });
  return whole;
}

/** Zeros of `shape`, to which position `j` of dimension `dim` of `source` is added at position `index[j]`. */
export function indexAdd(source: Tensor, index: Tensor, dim: number, shape: readonly number[]): Tensor {
  const ones = source.shape.map(() => 1);
  const along = dim < 0 ? dim + shape.length : dim;
  if (ones.length > 0) ones[along] = index.size;
  return scatterAdd(source, index.reshape(ones).expand(source.shape), dim, shape);
}

/** The parts joined along `dim`, with zeros of the given shape for a missing one. */
export function catWithZeros(
  parts: readonly (Tensor | null)[],
  shapes: readonly (readonly number[])[],
  dim: number,
): Tensor {
  const dtype = (parts.find((part) => part !== null) as Tensor).dtype;
  return cat(
    parts.map((part, i) => part ?? zeros(shapes[i] as readonly number[], { dtype })),
    dim,
  );
}

/** Calls `body(at, i)` for element `i` in row-major order, with `at` its place in an array of the given strides. */
function visit(
  shape: readonly number[],
  strides: readonly number[],
  offset: number,
  body: (at: number, i: number) => void,
): void {
  const last = shape.length - 1;
  const size = shape.reduce((product, n) => product * n, 1);
  const count = last < 0 ? 1 : (shape[last] as number);
  const step = last < 0 ? 0 : (strides[last] as number);
  const position = new Array<number>(shape.length).fill(0);
  let row = offset;
  for (let i = 0; i < size; ) {
    for (let j = 0, at = row; j < count; j++, at += step) body(at, i++);
    // move to the next row
    for (let dim = last - 1; dim >= 0; dim--) {
      position[dim] = (position[dim] as number) + 1;
      row += strides[dim] as number;
      if ((position[dim] as number) < (shape[dim] as number)) break;
      row -= (strides[dim] as number) * (shape[dim] as number);
      position[dim] = 0;
    }
  }
}
