import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions } from "../options-check.ts";
import { positionOf, printShape } from "../shape.ts";
import { tensorAt, tensorOf } from "./operand.ts";
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
 * added up row by row; the row `paddingIdx` gets exactly zero; saves `ids`. Equals `torch.nn.functional.embedding`.
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
  const { shape } = tensorAt("embedding", "weight", weight);
  if (shape.length !== 2) {
    throw new ShapeError(
      `embedding: weight has shape ${printShape(shape)}, expected [numEmbeddings,embeddingDim]`,
    );
  }
  const rows = shape[0] as number;
  const indices = checkIndices("embedding", tensorAt("embedding", "ids", ids), rows);
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
  const y = zeros([...shape, width], { dtype: table.dtype });
  for (let i = 0; i < indices.length; i++) {
    const start = table.offset + indices[i]! * width;
    for (let j = 0; j < width; j++) y.data[i * width + j] = table.data[start + j]!;
  }
  return record("embedding", [weight], y, (dy) => {
    const dw = zeros([rows, width], { dtype: dy.dtype });
    const { data, offset } = dy.contiguous();
    for (let i = 0; i < indices.length; i++) {
      const row = indices[i]!;
      if (row === padding) continue;
      for (let j = 0; j < width; j++) dw.data[row * width + j]! += data[offset + i * width + j]!;
    }
    return [dw];
  });
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
        `${where}: index ${index} at position ${printShape(positionOf(i, ids.shape))} is outside 0..${count - 1} (numEmbeddings ${count})`,
      );
    }
  }
  return indices;
}
