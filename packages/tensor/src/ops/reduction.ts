import { normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { permute } from "./permute.ts";

/**
 * Options of reductions.
 *
 * @public
 */
export interface ReduceOptions {
  /** The dimension or dimensions to reduce; all of them if absent. */
  readonly dim?: number | readonly number[] | undefined;
  /** Whether reduced dimensions stay with size 1; false if absent. */
  readonly keepdim?: boolean | undefined;
}

/**
 * A reduction laid out for a loop: `data` is read as `[outer, n, inner]` from `offset`, and `n` is reduced.
 */
export interface Reduction {
  readonly x: Tensor;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
  /** The shape of the result, `outer * inner` elements. */
  readonly shape: number[];
}

/** Checks the dimensions and brings the reduced ones next to each other, copying only if they or the data are scattered. */
export function layReduction(
  where: string,
  x: Tensor,
  dim: number | readonly number[] | undefined,
  keepdim: boolean,
): Reduction {
  const ndim = x.ndim;
  const given = dim === undefined ? [] : typeof dim === "number" ? [dim] : dim;
  const dims = normalizeDims(where, given, ndim);
  if (dims.length === 0 || ndim === 0) {
    return { x: x.contiguous(), outer: 1, n: x.size, inner: 1, shape: keepdim ? x.shape.map(() => 1) : [] };
  }
  const reduced = x.shape.map((_, d) => dims.includes(d));
  const shape: number[] = [];
  x.shape.forEach((size, d) => {
    if (!reduced[d]) shape.push(size);
    else if (keepdim) shape.push(1);
  });
  const first = reduced.indexOf(true);
  const last = reduced.lastIndexOf(true);
  if (last - first + 1 === dims.length) {
    return {
      x: x.contiguous(),
      outer: product(x.shape, 0, first),
      n: product(x.shape, first, last + 1),
      inner: product(x.shape, last + 1, ndim),
      shape,
    };
  }
  const all = x.shape.map((_, d) => d);
  const order = [...all.filter((d) => !reduced[d]), ...all.filter((d) => reduced[d])];
  const moved = permute(x, order);
  const split = ndim - dims.length;
  return {
    x: moved.contiguous(),
    outer: product(moved.shape, 0, split),
    n: product(moved.shape, split, ndim),
    inner: 1,
    shape,
  };
}

function product(shape: readonly number[], from: number, to: number): number {
  let result = 1;
  for (let d = from; d < to; d++) result *= shape[d]!;
  return result;
}
