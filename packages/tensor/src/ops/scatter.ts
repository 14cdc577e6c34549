import { type DType, isFloat, type TensorData } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { forEachRow, mergeDimensions } from "../loops/strided.ts";
import { contiguousStrides, describe, normalizeDim } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor, scalar } from "./elementwise.ts";
import { fillValue } from "./fill-value.ts";
import { checkIndexTensor, outsideIndex } from "./index-tensor.ts";

/**
 * How {@link scatterReduce} joins an element with what is written to its place.
 *
 * @public
 */
export type ScatterReduction = "sum" | "prod" | "amax" | "amin";

/**
 * A copy with elements written to places chosen along a dimension: for `dim` 1, y[i, index[i, j]] = source[i, j].
 *
 * @remarks
 * The opposite of `gather`. `index` has as many dimensions as `x` and is nowhere larger, except along `dim`; a source
 * tensor is nowhere smaller than `index`. Of several values for one place the last in row-major order stays.
 *
 * @throws {@link ShapeError} if the shapes do not fit; RangeError if the dimension or an index is out of range, or a
 * number does not fit int32; TypeError if `index` is not int32 or the dtypes of `x` and the source differ.
 *
 * @example
 * ```ts
 * import { scatter, tensor, zeros } from "@rnn/tensor";
 *
 * const index = tensor([[2], [0]], { dtype: "int32" });
 * scatter(zeros([2, 3]), 1, index, tensor([[5], [6]])).toArray(); // => [[0, 0, 5], [6, 0, 0]]
 * scatter(zeros([2, 3]), 1, index, 1).toArray(); // => [[0, 0, 1], [1, 0, 0]]
 * ```
 *
 * @public
 */
export function scatter(x: Tensor, dim: number, index: Tensor, source: Tensor | number): Tensor {
  return scattered("scatter", x, dim, index, source, (out, at, value) => {
    out[at] = value;
  });
}

/**
 * A copy with elements added to places chosen along a dimension: for `dim` 1, y[i, index[i, j]] += source[i, j].
 *
 * @remarks
 * Shapes as in {@link scatter}. Values for one place add up in row-major order, rounded to the dtype each time; int32
 * wraps around.
 *
 * @throws {@link ShapeError} if the shapes do not fit; RangeError if the dimension or an index is out of range;
 * TypeError if `index` is not int32, the dtypes of `x` and the source differ, or they are bool.
 *
 * @example
 * ```ts
 * import { scatterAdd, tensor, zeros } from "@rnn/tensor";
 *
 * const words = tensor([3, 1, 3], { dtype: "int32" });
 * scatterAdd(zeros([4]), 0, words, tensor([1, 1, 1])).toArray(); // => [0, 1, 0, 2]
 * ```
 *
 * @public
 */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
  return joined("scatterAdd", x, dim, index, source, "sum");
}

/**
 * A copy with elements joined, by a sum, product, maximum or minimum, with values for places chosen along a dimension.
 *
 * @remarks
 * Shapes as in {@link scatter}; what `x` holds takes part. NaN is the maximum and the minimum.
 *
 * @throws {@link ShapeError} if the shapes do not fit; RangeError if the dimension or an index is out of range;
 * TypeError if `index` is not int32, the dtypes of `x` and the source differ or are bool, or the reduction is unknown.
 *
 * @example
 * ```ts
 * import { scatterReduce, tensor } from "@rnn/tensor";
 *
 * const index = tensor([0, 0, 1], { dtype: "int32" });
 * scatterReduce(tensor([1, 1]), 0, index, tensor([2, 3, 0]), "amax").toArray(); // => [3, 1]
 * ```
 *
 * @public
 */
export function scatterReduce(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduction: ScatterReduction,
): Tensor {
  return joined("scatterReduce", x, dim, index, source, reduction);
}

/** Writes one value to its place. */
type Put = (out: TensorData, at: number, value: number) => void;

const joins: Readonly<Record<ScatterReduction, (a: number, b: number) => number>> = {
  sum: (a, b) => a + b,
  prod: (a, b) => a * b,
  amax: Math.max,
  amin: Math.min,
};

function joined(
  where: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduction: ScatterReduction,
): Tensor {
  checkTensor(where, x);
  checkTensor(where, source);
  if (!Object.hasOwn(joins, reduction)) {
    throw new TypeError(
      `${where}: unknown reduction ${describe(reduction)}; use "sum", "prod", "amax" or "amin"`,
    );
  }
  if (x.dtype === "bool") {
    throw new TypeError(`${where}: bool tensors are not numbers; convert with .to("int32") first`);
  }
  const join = reduction === "prod" && !isFloat(x.dtype) ? Math.imul : joins[reduction];
  return scattered(where, x, dim, index, source, (out, at, value) => {
    out[at] = join(out[at]!, value);
  });
}

function scattered(
  where: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor | number,
  put: Put,
): Tensor {
  checkTensor(where, x);
  const d = normalizeDim(where, dim, x.ndim);
  checkIndexTensor(where, x, d, index);
  const values = sourceOf(where, x.dtype, index, source);
  const out = x.clone();
  // walk the index; the result is stepped along with it everywhere but in `dim`, which the indices add
  const step = x.ndim === 0 ? 0 : out.strides[d]!;
  const limit = x.ndim === 0 ? 1 : x.shape[d]!;
  const base = contiguousStrides(x.shape).map((stride, i) => (i === d ? 0 : stride));
  const { shape, strides } = mergeDimensions(index.shape, [index.strides, values.strides, base]);
  const inner = shape.length - 1;
  const [indexStep, valueStep, baseStep] = strides.map((s) => s[inner]!) as [number, number, number];
  forEachRow(shape, strides, [index.offset, values.offset, 0], (_, at) => {
    const [indexAt, valueAt, baseAt] = at as [number, number, number];
    for (let i = 0; i < shape[inner]!; i++) {
      const k = index.data[indexAt + i * indexStep]!;
      if (k < 0 || k >= limit) throw outsideIndex(where, k, d, x);
      put(out.data, baseAt + i * baseStep + k * step, values.data[valueAt + i * valueStep]!);
    }
  });
  return out;
}

/** The values to write, with the number of dimensions of the index: a number is stretched without being repeated. */
function sourceOf(
  where: string,
  dtype: DType,
  index: Tensor,
  source: Tensor | number,
): { data: TensorData; offset: number; strides: readonly number[] } {
  if (!(source instanceof Tensor)) {
    const value = scalar(fillValue(where, source, dtype), dtype);
    return { data: value.data, offset: 0, strides: index.shape.map(() => 0) };
  }
  if (source.dtype !== dtype) {
    throw new TypeError(
      `${where}: source has dtype ${source.dtype}, expected ${dtype}; convert with .to("${dtype}") first`,
    );
  }
  if (source.ndim !== index.ndim || source.shape.some((size, d) => size < index.shape[d]!)) {
    throw new ShapeError(
      `${where}: source shape ${formatShape(source.shape)} does not cover index shape ${formatShape(index.shape)}`,
    );
  }
  return source;
}
