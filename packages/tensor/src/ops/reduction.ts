import type { TensorData } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { normalizeDim, normalizeDims } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { permute } from "./permute.ts";

/**
 * Options of reductions over any dimensions.
 *
 * @public
 */
export interface ReduceOptions {
  /** The dimension or dimensions to reduce, negative from the end; all of them if absent or empty. */
  readonly dim?: number | readonly number[] | undefined;
  /** Whether reduced dimensions stay, with size 1; false if absent. */
  readonly keepdim?: boolean | undefined;
}

const reduceKinds: OptionKinds<ReduceOptions> = { dim: "dims", keepdim: "boolean" };

/** A reduction laid out for loops: `data`, from `offset`, is `[outer, n, inner]` in row-major order; `n` is reduced. */
export interface Reduction {
  readonly data: TensorData;
  readonly offset: number;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
  /** The shape of the result, `outer * inner` elements. */
  readonly shape: readonly number[];
}

/**
 * Checks the options and brings the reduced dimensions together; copies only what is scattered in memory.
 *
 * @param kinds - the options of the function, if it has more of them or takes only one dimension.
 */
export function layReduction(
  where: string,
  x: Tensor,
  options: ReduceOptions,
  kinds: OptionKinds<ReduceOptions> = reduceKinds,
): Reduction {
  checkTensor(where, x);
  checkOptions(where, options, kinds);
  const { dim, keepdim = false } = options;
  return layDims(x, dim === undefined ? [] : normalizeDims(where, dim, x.ndim), keepdim);
}

/** As {@link layReduction}, for functions that work along one dimension. */
export function layAlong(where: string, x: Tensor, dim: number): Reduction {
  checkTensor(where, x);
  return layDims(x, [normalizeDim(where, dim, x.ndim)], false);
}

function layDims(x: Tensor, dims: readonly number[], keepdim: boolean): Reduction {
  if (dims.length === 0 || x.ndim === 0) {
    return lay(x, 1, x.size, 1, keepdim ? x.shape.map(() => 1) : []);
  }
  const reduced = x.shape.map((_, d) => dims.includes(d));
  const shape = keepdim
    ? x.shape.map((size, d) => (reduced[d] ? 1 : size))
    : x.shape.filter((_, d) => !reduced[d]);
  const first = reduced.indexOf(true);
  const end = reduced.lastIndexOf(true) + 1;
  if (end - first === dims.length) {
    const { shape: s } = x;
    return lay(x, span(s, 0, first), span(s, first, end), span(s, end, s.length), shape);
  }
  const all = x.shape.map((_, d) => d);
  const kept = all.filter((d) => !reduced[d]);
  const moved = permute(x, [...kept, ...all.filter((d) => reduced[d])]);
  const outer = span(moved.shape, 0, kept.length);
  return lay(moved, outer, span(moved.shape, kept.length, moved.ndim), 1, shape);
}

function lay(x: Tensor, outer: number, n: number, inner: number, shape: readonly number[]): Reduction {
  const { data, offset } = x.contiguous();
  return { data, offset, outer, n, inner, shape };
}

function span(shape: readonly number[], from: number, to: number): number {
  let product = 1;
  for (let d = from; d < to; d++) product *= shape[d]!;
  return product;
}

/** Throws if there are no elements to choose one from. */
export function checkChoice(where: string, x: Tensor, { outer, n, inner }: Reduction): void {
  if (n > 0 || outer * inner === 0) return;
  throw new ShapeError(`${where}: shape ${formatShape(x.shape)} has no elements to choose from`);
}

/** Where the run starts that result `r`, `[o, i]`, comes from: `[o, 0, i]`. */
export function startOfRun({ offset, n, inner }: Reduction, r: number): number {
  return offset + Math.floor(r / inner) * n * inner + (r % inner);
}

/** What a run of `n` elements, `stride` apart, reduces to. */
export type Run = (data: TensorData, at: number, n: number, stride: number) => number;

/** Reduces every run of a reduction into `out`, which is row-major. */
export function reduceRuns({ data, offset, outer, n, inner }: Reduction, run: Run, out: TensorData): void {
  for (let o = 0; o < outer; o++) {
    const block = offset + o * n * inner;
    for (let i = 0; i < inner; i++) out[o * inner + i] = run(data, block + i, n, inner);
  }
}
