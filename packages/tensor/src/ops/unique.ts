import type { TensorData } from "../dtype.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import { normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";
import { compareNumbers } from "./order.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";
import { take } from "./take.ts";

/**
 * Options of {@link unique}.
 *
 * @public
 */
export interface UniqueOptions {
  /** The dimension whose slices are compared, negative from the end; all elements one by one if absent. */
  readonly dim?: number | undefined;
}

const uniqueKinds: OptionKinds<UniqueOptions> = { dim: "number" };

/**
 * What is left when repetitions are taken away.
 *
 * @public
 */
export interface Unique {
  /** The different elements or slices, in ascending order. */
  readonly values: Tensor;
  /** Where each of them is first found: int32 `[count]`. */
  readonly indices: Tensor;
  /** Which of them each element or slice is: int32, of the shape of the source or `[n]` along a dimension. */
  readonly inverse: Tensor;
  /** How often each of them is found: int32 `[count]`. */
  readonly counts: Tensor;
}

/**
 * The different elements, or the different slices along a dimension, in ascending order.
 *
 * @remarks
 * Without a dimension the values are a vector; with one they have the shape of the source, only less along it. Slices are
 * ordered by their first element that differs. NaN differs from NaN, as in PyTorch, and comes last.
 *
 * @throws RangeError if the dimension is out of range.
 *
 * @example
 * ```ts
 * import { tensor, unique } from "@rnn/tensor";
 *
 * const { values, inverse, counts } = unique(tensor([3, 1, 3]));
 * values.toArray(); // => [1, 3]
 * inverse.toArray(); // => [1, 0, 1]
 * counts.toArray(); // => [1, 2]
 * unique(tensor([[1, 2], [0, 5], [1, 2]]), { dim: 0 }).values.toArray(); // => [[0, 5], [1, 2]]
 * ```
 *
 * @public
 */
export function unique(x: Tensor, options: UniqueOptions = {}): Unique {
  checkTensor("unique", x);
  checkOptions("unique", options, uniqueKinds);
  const whole = options.dim === undefined;
  const source = whole || x.ndim === 0 ? reshape(x, [x.size]) : x;
  const d = whole ? 0 : normalizeDim("unique", options.dim, x.ndim);
  const rows = rowsOf(source, d);
  const order = Array.from({ length: rows.count }, (_, i) => i).sort(
    (i, j) => compareRows(rows, i, j) || i - j,
  );

  const indices: number[] = [];
  const counts: number[] = [];
  const inverse = new Int32Array(rows.count);
  order.forEach((row, place) => {
    if (place === 0 || !equalRows(rows, row, order[place - 1]!)) {
      indices.push(row);
      counts.push(0);
    }
    counts[counts.length - 1]! += 1;
    inverse[row] = counts.length - 1;
  });
  return {
    values: take("unique", source, d, indices),
    indices: vector(indices),
    inverse: new Tensor(inverse, whole ? x.shape : [rows.count]),
    counts: vector(counts),
  };
}

/** The slices along a dimension, each as a row of `length` elements. */
interface Rows {
  readonly data: TensorData;
  readonly offset: number;
  readonly count: number;
  readonly length: number;
}

function rowsOf(x: Tensor, dim: number): Rows {
  const order = x.shape.map((_, d) => d).filter((d) => d !== dim);
  const { data, offset, size, shape } = permute(x, [dim, ...order]).contiguous();
  const count = shape[0]!;
  return { data, offset, count, length: count === 0 ? 0 : size / count };
}

function compareRows({ data, offset, length }: Rows, i: number, j: number): number {
  for (let k = 0; k < length; k++) {
    const order = compareNumbers(data[offset + i * length + k]!, data[offset + j * length + k]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** Unlike equal places in the order, equality leaves NaN alone. */
function equalRows({ data, offset, length }: Rows, i: number, j: number): boolean {
  for (let k = 0; k < length; k++) {
    if (data[offset + i * length + k] !== data[offset + j * length + k]) return false;
  }
  return true;
}

function vector(values: readonly number[]): Tensor {
  return new Tensor(Int32Array.from(values), [values.length]);
}
