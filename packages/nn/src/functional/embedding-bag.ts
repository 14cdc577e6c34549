import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { bagStarts } from "./bag-starts.ts";
import { checkIndices } from "./embedding.ts";
import { tensorAt, tensorOf } from "./operand.ts";
import { paddingRow } from "./padding-row.ts";

/**
 * How the rows of a bag become one: their sum, their mean, or the largest of each column.
 *
 * @public
 */
export type EmbeddingBagMode = "sum" | "mean" | "max";

/**
 * Options of {@link embeddingBag}.
 *
 * @public
 */
export interface EmbeddingBagFunctionOptions {
  /** Where each bag starts in one-dimensional ids: int32, from 0, not falling. */
  offsets?: Tensor | undefined;
  /** How the rows of a bag become one. Default `"mean"`. */
  mode?: EmbeddingBagMode | undefined;
  /** The index that counts for nothing in its bag; negative ones count from the last row. */
  paddingIdx?: number | undefined;
}

const optionNames: OptionNames<EmbeddingBagFunctionOptions> = { offsets: true, mode: true, paddingIdx: true };

/**
 * Rows of a table, looked up by index and put together bag by bag: a text as the mean of its words.
 *
 * @remarks
 * Shapes: `ids` int32 `[N, L]`, each row a bag, or `[L]` with `offsets` `[N]`; `weight` `[numEmbeddings, embeddingDim]`; the
 * result `[N, embeddingDim]`, zeros for an empty bag. Gradient: `dy` added to the rows of the bag, divided by their number for
 * `"mean"`, to the first of the largest ones for `"max"`; saves where they are. Equals
 * `torch.nn.functional.embedding_bag` without per-sample weights.
 *
 * @throws {@link @rnn/tensor#ShapeError} if the shapes do not fit.
 * @throws RangeError if an index is outside the table, an offset outside the ids or smaller than the one before.
 * @throws TypeError if `ids` or `offsets` are not int32.
 *
 * @example
 * ```ts
 * import { embeddingBag, variable } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const table = variable([[0, 0], [1, 2], [3, 4]]);
 * const ids = tensor([1, 2, 2], { dtype: "int32" });
 * const offsets = tensor([0, 2], { dtype: "int32" });
 * embeddingBag(ids, table, { offsets }).value.toArray(); // => [[2, 3], [3, 4]]
 * ```
 *
 * @public
 */
export function embeddingBag(
  ids: Variable | Tensor,
  weight: Variable | Tensor,
  options: EmbeddingBagFunctionOptions = {},
): Variable {
  const { offsets, mode = "mean", paddingIdx } = checkOptions("embeddingBag", options, optionNames);
  checkMode("embeddingBag", mode);
  if (tensorAt("embeddingBag", "weight", weight).ndim !== 2) {
    throw new ShapeError(
      `embeddingBag: weight has shape ${printShape(weight.shape)}, expected [numEmbeddings,embeddingDim]`,
    );
  }
  const rows = weight.shape[0]!;
  const padding = paddingRow("embeddingBag", paddingIdx, rows);
  return reduceBags("embeddingBag", tensorAt("embeddingBag", "ids", ids), weight, offsets, mode, padding);
}

/** Throws unless `mode` is one of the three. */
export function checkMode(where: string, mode: string): void {
  if (mode === "sum" || mode === "mean" || mode === "max") return;
  throw new RangeError(`${where}: mode must be "sum", "mean" or "max", got ${JSON.stringify(mode)}`);
}

/** {@link embeddingBag} for a checked mode and table; ids and offsets are checked here. */
export function reduceBags(
  where: string,
  ids: Tensor,
  weight: Variable | Tensor,
  offsets: Tensor | undefined,
  mode: EmbeddingBagMode,
  padding: number | null,
): Variable {
  const table = tensorOf(weight).contiguous();
  const [rows, width] = table.shape as [number, number];
  const indices = checkIndices(where, ids, rows);
  const starts = bagStarts(where, ids, offsets);
  const bags = starts.length - 1;
  const y = zeros([bags, width], { dtype: table.dtype });
  /** Rows that count in each bag. */
  const counts = new Int32Array(bags);
  /** For the maximum, the row each element was taken from. */
  const taken = new Int32Array(mode === "max" ? bags * width : 0);
  for (let bag = 0; bag < bags; bag++) {
    const to = bag * width;
    for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
      const row = indices[i]!;
      if (row === padding) continue;
      const isFirst = counts[bag]!++ === 0;
      const from = table.offset + row * width;
      for (let j = 0; j < width; j++) {
        const element = table.data[from + j]!;
        if (mode !== "max") y.data[to + j]! += element;
        else if (isFirst || element > y.data[to + j]!) {
          y.data[to + j] = element;
          taken[to + j] = row;
        }
      }
    }
    if (mode === "mean" && counts[bag]! > 1) {
      for (let j = 0; j < width; j++) y.data[to + j]! /= counts[bag]!;
    }
  }
  return record("embeddingBag", [weight], y, (dy) => {
    const dw = zeros([rows, width], { dtype: dy.dtype });
    const { data, offset } = dy.contiguous();
    for (let bag = 0; bag < bags; bag++) {
      if (counts[bag] === 0) continue;
      const from = offset + bag * width;
      if (mode === "max") {
        for (let j = 0; j < width; j++) dw.data[taken[bag * width + j]! * width + j]! += data[from + j]!;
        continue;
      }
      const share = mode === "mean" ? 1 / counts[bag]! : 1;
      for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
        const row = indices[i]!;
        if (row === padding) continue;
        for (let j = 0; j < width; j++) dw.data[row * width + j]! += data[from + j]! * share;
      }
    }
    return [dw];
  });
}
