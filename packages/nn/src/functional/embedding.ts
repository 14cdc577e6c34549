import { ShapeError, Tensor, zeros } from "@rnn/tensor";
import { gradientUse, record } from "../autograd/record.ts";
import { sumRows } from "../autograd/row-gradient.ts";
import type { Variable } from "../autograd/variable.ts";
import { type FloatArray, floats } from "../dtype.ts";
import { addRun, copyRun } from "../memory/copy-run.ts";
import { checkOptions } from "../options-check.ts";
import { positionOf, printPosition, printShape } from "../shape.ts";
import { checkTensor, tensorOf } from "./operand.ts";
import { paddingRow } from "./padding-row.ts";

/**
 * Options of {@link embedding}.
 *
 * @public
 */
export interface EmbeddingFunctionOptions {
  /** The row that receives no gradient; negative ones count from the last. */
  paddingIdx?: number | undefined;
}

/**
 * Rows of a table, looked up by index.
 *
 * @remarks
 * Shapes: `ids` `[…]` of int32, `weight` `[numEmbeddings, embeddingDim]`, the result `[…, embeddingDim]`. Gradient: `dy`
 * added up row by row, a {@link RowGradient} of the rows that occur; the row `paddingIdx` gets exactly zero; saves `ids`.
 * Equals `torch.nn.functional.embedding`.
 *
 * @throws RangeError if an index is outside the table, and says its position; or `paddingIdx` is.
 * @throws TypeError if `ids` is not int32.
 *
 * @example
 * ```ts
 * import { embedding, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const table = variable([[0, 0], [1, 2], [3, 4]]);
 * embedding(tensor([2, 1], { dtype: "int32" }), table).value.toArray(); // => [[3, 4], [1, 2]]
 * ```
 *
 * @public
 */
export function embedding(
  ids: Variable | Tensor,
  weight: Variable | Tensor,
  options: EmbeddingFunctionOptions = {},
): Variable {
  const { paddingIdx } = checkOptions("embedding", options, { paddingIdx: true });
  const { shape } = checkTensor("embedding", "weight", weight);
  if (shape.length !== 2) {
    throw new ShapeError(
      `embedding: weight has shape ${printShape(shape)}, expected [numEmbeddings,embeddingDim]`,
    );
  }
  const rows = shape[0] as number;
  const indices = checkIndices("embedding", checkTensor("embedding", "ids", ids), rows);
  return lookUp(indices, ids.shape, weight, paddingRow("embedding", paddingIdx, rows));
}

/** Looks up checked indices of the given shape; the row `padding` gets no gradient. */
export function lookUp(
  indices: ArrayLike<number>,
  shape: readonly number[],
  weight: Variable | Tensor,
  padding: number | null,
): Variable {
  const table = tensorOf(weight).contiguous();
  const [rows, width] = table.shape as [number, number];
  const y = floats(table.dtype, indices.length * width);
  copyRows(table.data as FloatArray, table.offset, width, indices, y);
  const result = record("embedding", [weight], new Tensor(y, [...shape, width]), (dy) => {
    const given = dy.ndim > 0 && dy.strides[dy.ndim - 1] === 1 ? dy : dy.contiguous();
    const source = given.data as FloatArray;
    const starts = startsOf(given);
    if (indices.length <= WHOLE_FROM * rows)
      return [sumRows([rows, width], indices, padding, source, starts)];
    const whole = zeros([rows, width], { dtype: dy.dtype });
    addRows(whole.data as FloatArray, width, indices, padding, source, starts);
    return [whole];
  });
  return gradientUse("read", result);
}

/** From half as many indices as the table has rows on, its gradient is faster as a whole than as rows. */
const WHOLE_FROM = 0.5;

/** Adds elements of `source`, for each index those from `starts` on, to a row of the table. */
function addRows(
  table: FloatArray,
  width: number,
  indices: ArrayLike<number>,
  skipped: number | null,
  source: FloatArray,
  starts: Int32Array,
): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] === skipped) continue;
    addRun(source, starts[i]!, table, indices[i]! * width, width);
  }
}

/** Copies the listed rows of a table, one after another. */
function copyRows(
  table: FloatArray,
  start: number,
  width: number,
  indices: ArrayLike<number>,
  to: FloatArray,
): void {
  for (let i = 0; i < indices.length; i++) {
    copyRun(table, start + indices[i]! * width, to, i * width, width);
  }
}

/** Where each row of the last dimension starts in the data of a tensor. */
function startsOf({ shape, strides, offset, size }: Tensor): Int32Array {
  const last = shape.length - 1;
  const starts = new Int32Array(shape[last] === 0 ? 0 : size / shape[last]!).fill(offset, 0, 1);
  let filled = 1; // the last dimension first, each as often as the one before it says
  for (let d = last - 1; d >= 0; d--) {
    for (let at = filled, n = 1; n < shape[d]!; n++) {
      for (let i = 0; i < filled; i++, at++) starts[at] = starts[i]! + n * strides[d]!;
    }
    filled *= shape[d]!;
  }
  return starts;
}

/** The indices in row-major order, checked to be int32 within `0 ≤ index < count`. */
export function checkIndices(where: string, ids: Tensor, count: number): ArrayLike<number> {
  if (ids.dtype !== "int32") {
    throw new TypeError(`${where}: indices are ${ids.dtype}, expected int32; convert them with .to("int32")`);
  }
  const { data, offset, size } = ids.contiguous();
  const indices = data.subarray(offset, offset + size);
  for (let i = 0; i < size; i++) {
    const index = indices[i]!;
    if (index < 0 || index >= count) {
      throw new RangeError(
        `${where}: index ${index}${printPosition(positionOf(i, ids.shape))} is outside 0..${count - 1} (numEmbeddings ${count})`,
      );
    }
  }
  return indices;
}
