import { formatShape, ShapeError } from "../errors.ts";
import { describe, normalizeDim, normalizeIndex } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * What {@link slice} takes from one dimension.
 *
 * `[start, stop, step]` takes every `step`-th index from `start` up to, not including, `stop`; as in Python, negative
 * ends count from the back, and `null` or nothing leaves an end open. A negative step, which only the method takes,
 * counts down; open ends are then the last index and before the first. `null` takes the whole dimension. A number takes
 * one index, and the dimension disappears.
 *
 * @public
 */
export type SliceSpec =
  | null
  | number
  | readonly [
      start?: number | null | undefined,
      stop?: number | null | undefined,
      step?: number | null | undefined,
    ];

/**
 * A view of a part of a tensor: one {@link SliceSpec} per dimension, missing ones at the end taking everything.
 *
 * @remarks
 * This function is PyTorch's `x[...]`, whose steps are positive. The method takes the specs as arguments,
 * `x.slice([0, 5], null, 2)`, and is NumPy's: it takes negative steps too.
 *
 * @throws RangeError if a step is not positive or a single index is out of range; {@link ShapeError} if there are more
 * specs than dimensions.
 *
 * @example
 * ```ts
 * import { arange, slice } from "@rnn/tensor";
 *
 * const x = arange(12).reshape([3, 4]); // [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
 * slice(x, [[0, 2], [null, null, 2]]).toArray(); // => [[0, 2], [4, 6]]
 * slice(x, [-1, [1, -1]]).toArray(); // => [9, 10]
 * ```
 *
 * @public
 */
export function slice(x: Tensor, specs: readonly SliceSpec[]): Tensor {
  return sliced(x, specs, 1);
}

/**
 * As {@link slice}, with steps down to `lowestStep`: the method's may be negative.
 *
 * @param lowestStep - 1, or `-Infinity` for any step but 0.
 */
export function sliced(x: Tensor, specs: readonly SliceSpec[], lowestStep: number): Tensor {
  checkTensor("slice", x);
  if (!Array.isArray(specs)) {
    throw new TypeError(`slice: specs must be an array with one per dimension, got ${describe(specs)}`);
  }
  if (specs.length > x.ndim) {
    throw new ShapeError(
      `slice: ${specs.length} specs for shape ${formatShape(x.shape)}, which has ${x.ndim} dimensions`,
    );
  }
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = x.offset;
  for (let d = 0; d < x.ndim; d++) {
    const spec = specs[d] ?? null;
    const size = x.shape[d]!;
    const stride = x.strides[d]!;
    if (typeof spec === "number") {
      offset += normalizeIndex("slice", spec, d, size) * stride;
    } else {
      const { start, count, step } = resolveRange(spec, d, size, lowestStep);
      // an empty range may start past the end; stay inside the data
      if (count > 0) offset += start * stride;
      shape.push(count);
      strides.push(count > 1 ? stride * step : stride);
    }
  }
  return new Tensor(x.data, shape, { strides, offset });
}

/**
 * A view of one index of a dimension, which disappears; negative indices count from the back.
 *
 * @throws RangeError if the dimension or the index is out of range, or the tensor is 0-d.
 *
 * @example
 * ```ts
 * import { select, tensor } from "@rnn/tensor";
 *
 * select(tensor([[1, 2], [3, 4]]), 1, -1).toArray(); // => [2, 4]
 * ```
 *
 * @public
 */
export function select(x: Tensor, dim: number, index: number): Tensor {
  checkTensor("select", x);
  if (x.ndim === 0) throw new RangeError("select: a 0-d tensor has no dimension to select from");
  const d = normalizeDim("select", dim, x.ndim);
  const offset = x.offset + normalizeIndex("select", index, d, x.shape[d]!) * x.strides[d]!;
  return new Tensor(x.data, without(x.shape, d), { strides: without(x.strides, d), offset });
}

function without(list: readonly number[], index: number): number[] {
  const rest = list.slice();
  rest.splice(index, 1);
  return rest;
}

/** Python's rule: negative ends count from the back, and ends beyond the border stop at it. */
function resolveRange(
  spec: Exclude<SliceSpec, number>,
  dim: number,
  size: number,
  lowestStep: number,
): { start: number; count: number; step: number } {
  if (spec === null) return { start: 0, count: size, step: 1 };
  if (!Array.isArray(spec) || spec.length > 3) {
    throw new TypeError(
      `slice: the spec of dim ${dim} is ${describe(spec)}, expected null, an index or [start, stop, step]`,
    );
  }
  const step = spec[2] ?? 1;
  if (!Number.isInteger(step) || step < lowestStep || step === 0) {
    const expected =
      lowestStep === 1
        ? "a positive integer; x.slice(...) takes negative steps, and flip reverses"
        : "an integer other than 0";
    throw new RangeError(`slice: step of dim ${dim} is ${describe(step)}, expected ${expected}`);
  }
  // counting down, the borders are the last index and the place before the first
  const [lowest, highest] = step < 0 ? [-1, size - 1] : [0, size];
  const clampEnd = (end: number): number => {
    if (!Number.isInteger(end))
      throw new RangeError(`slice: an end of dim ${dim} is ${describe(end)}, expected an integer or null`);
    return Math.min(Math.max(end < 0 ? end + size : end, lowest), highest);
  };
  const start = clampEnd(spec[0] ?? (step < 0 ? size : 0));
  // -1 would be the last index
  const stop = spec[1] == null && step < 0 ? -1 : clampEnd(spec[1] ?? size);
  return { start, count: Math.max(0, Math.ceil((stop - start) / step)), step };
}
