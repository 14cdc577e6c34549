import { formatShape, ShapeError } from "../errors.ts";
import { Tensor } from "../tensor.ts";

/**
 * What {@link slice} takes of one dimension: `null` all of it, a number that one index (the dimension disappears), or
 * `[start, stop, step]` as in Python, where `null` leaves an end open.
 *
 * @public
 */
export type SliceSpec =
  | null
  | number
  | readonly [start?: number | null, stop?: number | null, step?: number | null];

/** @public */
export function slice(x: Tensor, specs: readonly SliceSpec[]): Tensor {
  if (specs.length > x.ndim) {
    throw new ShapeError(`slice: ${specs.length} specs for a tensor of shape ${formatShape(x.shape)}`);
  }
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  for (let d = 0; d < x.ndim; d++) {
    const n = x.shape[d]!;
    const stride = x.strides[d]!;
    const spec = specs[d] ?? null;
    if (typeof spec === "number") {
      offset += normalizeIndex("slice", spec, d, n) * stride;
      continue;
    }
    const { start, count, step } = resolveRange(spec, d, n);
    // an empty range may start past the end: stay inside the data
    if (count > 0) offset += start * stride;
    shape.push(count);
    strides.push(stride * step);
  }
  return new Tensor(x.data, shape, { strides, offset });
}

/** An index counted from the front; -1 is the last. */
export function normalizeIndex(where: string, index: number, dim: number, n: number): number {
  if (!Number.isInteger(index) || index < -n || index >= n) {
    throw new RangeError(`${where}: index ${index} is outside ${-n}..${n - 1} of dim ${dim} (size ${n})`);
  }
  return index < 0 ? index + n : index;
}

/** Python's rule: negative ends count from the back, ends past the border stop at it. */
function resolveRange(
  spec: Exclude<SliceSpec, number>,
  dim: number,
  n: number,
): { start: number; count: number; step: number } {
  if (spec === null) return { start: 0, count: n, step: 1 };
  const step = spec[2] ?? 1;
  if (!Number.isInteger(step) || step <= 0) {
    throw new RangeError(`slice: step ${step} of dim ${dim} is not a positive integer; to reverse, use flip`);
  }
  const start = clampEnd(spec[0] ?? 0, dim, n);
  const stop = clampEnd(spec[1] ?? n, dim, n);
  return { start, count: Math.max(0, Math.ceil((stop - start) / step)), step };
}

function clampEnd(end: number, dim: number, n: number): number {
  if (!Number.isInteger(end)) throw new RangeError(`slice: ${end} of dim ${dim} is not an integer`);
  return Math.min(Math.max(end < 0 ? end + n : end, 0), n);
}
