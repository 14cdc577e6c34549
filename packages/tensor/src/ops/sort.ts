import { allocate } from "../dtype.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { describe } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { firstOfRun } from "./order.ts";
import { layAlong } from "./reduction.ts";

/**
 * Options of {@link sort} and {@link argsort}.
 *
 * @public
 */
export interface SortOptions {
  /** The dimension to sort along, negative from the end; the last one if absent. */
  readonly dim?: number | undefined;
  /** Whether the largest comes first; false if absent. */
  readonly descending?: boolean | undefined;
}

const sortKinds: OptionKinds<SortOptions> = { dim: "number", descending: "boolean" };

/**
 * Elements in order, and where they were.
 *
 * @public
 */
export interface Sorted {
  /** The elements, of the dtype of the source. */
  readonly values: Tensor;
  /** int32 positions along the dimension: `gather(x, dim, indices)` gives the values. */
  readonly indices: Tensor;
}

/**
 * The elements along a dimension in ascending or descending order, and where they were.
 *
 * @remarks
 * The shape stays. Equal elements keep their order (PyTorch promises that with `stable=True` only). NaN counts as larger
 * than everything.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { sort, tensor } from "@rnn/tensor";
 *
 * const { values, indices } = sort(tensor([[3, 1, 2], [5, 5, 4]]));
 * values.toArray(); // => [[1, 2, 3], [4, 5, 5]]
 * indices.toArray(); // => [[1, 2, 0], [2, 0, 1]]
 * ```
 *
 * @public
 */
export function sort(x: Tensor, options: SortOptions = {}): Sorted {
  checkOptions("sort", options, sortKinds);
  return firstInOrder("sort", x, options.dim ?? -1, options.descending ?? false, "all");
}

/**
 * The positions along a dimension that put the elements in order.
 *
 * @remarks
 * The result is int32 and has the shape of the source. Equal elements keep their order; NaN counts as larger than
 * everything.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { argsort, tensor } from "@rnn/tensor";
 *
 * argsort(tensor([3, 1, 2]), { descending: true }).toArray(); // => [0, 2, 1]
 * ```
 *
 * @public
 */
export function argsort(x: Tensor, options: SortOptions = {}): Tensor {
  checkOptions("argsort", options, sortKinds);
  return firstInOrder("argsort", x, options.dim ?? -1, options.descending ?? false, "all").indices;
}

/**
 * Options of {@link topk}.
 *
 * @public
 */
export interface TopkOptions {
  /** The dimension to choose along, negative from the end; the last one if absent. */
  readonly dim?: number | undefined;
  /** Whether the largest are chosen rather than the smallest; true if absent. */
  readonly largest?: boolean | undefined;
}

const topkKinds: OptionKinds<TopkOptions> = { dim: "number", largest: "boolean" };

/**
 * The `k` largest (or smallest) elements along a dimension, in order, and where they were.
 *
 * @remarks
 * Shapes: x `[..., n, ...]` gives `[..., k, ...]`. Of equal elements the first ones are chosen, in the order they have;
 * NaN counts as larger than everything.
 *
 * @throws RangeError if `k` is not an integer from 0 to the size of the dimension, or the dimension is out of range.
 *
 * @example
 * ```ts
 * import { tensor, topk } from "@rnn/tensor";
 *
 * const { values, indices } = topk(tensor([1, 7, 3, 7]), 3);
 * values.toArray(); // => [7, 7, 3]
 * indices.toArray(); // => [1, 3, 2]
 * ```
 *
 * @public
 */
export function topk(x: Tensor, k: number, options: TopkOptions = {}): Sorted {
  checkOptions("topk", options, topkKinds, "x, k");
  return firstInOrder("topk", x, options.dim ?? -1, options.largest ?? true, k);
}

/** The first `k` of the elements along a dimension once they are sorted. */
function firstInOrder(where: string, x: Tensor, dim: number, descending: boolean, k: number | "all"): Sorted {
  const { data, offset, outer, n, inner } = layAlong(where, x, dim);
  const count = k === "all" ? n : k;
  if (!Number.isInteger(count) || count < 0 || count > n) {
    throw new RangeError(
      `${where}: k is ${describe(count)}, expected an integer in 0..${n} (the size of dim ${dim})`,
    );
  }
  const values = allocate(x.dtype, outer * count * inner);
  const indices = new Int32Array(values.length);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const from = offset + o * n * inner + i;
      const order = firstOfRun(data, from, n, inner, descending, count);
      for (let j = 0, to = o * count * inner + i; j < count; j++, to += inner) {
        indices[to] = order[j]!;
        values[to] = data[from + order[j]! * inner]!;
      }
    }
  }
  const shape = x.shape.map((size, d) => (d === dim || d === dim + x.ndim ? count : size));
  return { values: new Tensor(values, shape), indices: new Tensor(indices, shape) };
}
