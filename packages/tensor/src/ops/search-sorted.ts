import { formatShape, ShapeError } from "../errors.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { compareNumbers } from "./order.ts";

/**
 * Options of {@link searchsorted}.
 *
 * @public
 */
export interface SearchSortedOptions {
  /** Whether a number goes behind those equal to it; false (in front of them) if absent. */
  readonly right?: boolean | undefined;
}

const searchKinds: OptionKinds<SearchSortedOptions> = { right: "boolean" };

/**
 * Where numbers would be inserted into an ascending vector to keep it in order: the i with s[i - 1] \< v \<= s[i].
 *
 * @remarks
 * Shapes: `sorted` `[n]`; the int32 result has the shape of `values`, with numbers from 0 to n. NaN counts as larger than
 * everything. That `sorted` is in order is trusted.
 *
 * @throws {@link ShapeError} if `sorted` is not a vector.
 *
 * @example
 * ```ts
 * import { searchsorted, tensor } from "@rnn/tensor";
 *
 * const limits = tensor([1, 3, 5]);
 * searchsorted(limits, tensor([0, 3, 9])).toArray(); // => [0, 1, 3]
 * searchsorted(limits, tensor([0, 3, 9]), { right: true }).toArray(); // => [0, 2, 3]
 * ```
 *
 * @public
 */
export function searchsorted(sorted: Tensor, values: Tensor, options: SearchSortedOptions = {}): Tensor {
  checkTensor("searchsorted", sorted);
  checkTensor("searchsorted", values);
  checkOptions("searchsorted", options, searchKinds, "sorted, values");
  if (sorted.ndim !== 1) {
    throw new ShapeError(
      `searchsorted: shape ${formatShape(sorted.shape)} has ${sorted.ndim} dimensions, expected a vector`,
    );
  }
  const step = sorted.strides[0]!;
  const { data, offset } = values.contiguous();
  const out = new Int32Array(values.size);
  for (let i = 0; i < out.length; i++) {
    const value = data[offset + i]!;
    let low = 0;
    let high = sorted.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = compareNumbers(sorted.data[sorted.offset + middle * step]!, value);
      if (order < 0 || (order === 0 && options.right === true)) low = middle + 1;
      else high = middle;
    }
    out[i] = low;
  }
  return new Tensor(out, values.shape);
}
