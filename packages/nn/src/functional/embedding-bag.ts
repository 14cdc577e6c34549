import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { addRun } from "../memory/copy-run.ts";
import { internalZeros } from "../memory/small-arrays.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";
import { printShape } from "../shape.ts";
import { bagStarts } from "./bag-starts.ts";
import { checkIndices } from "./embedding.ts";
import { checkTensor, tensorOf } from "./operand.ts";
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
  if (checkTensor("embeddingBag", "weight", weight).ndim !== 2) {
    throw new ShapeError(
      `embeddingBag: weight has shape ${printShape(weight.shape)}, expected [numEmbeddings,embeddingDim]`,
    );
  }
  const rows = weight.shape[0]!;
  const padding = paddingRow("embeddingBag", paddingIdx, rows);
  return reduceBags("embeddingBag", checkTensor("embeddingBag", "ids", ids), weight, offsets, mode, padding);
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
  const indices = checkIndices(where, ids, table.shape[0]!);
  const bags = { indices, starts: bagStarts(where, ids, offsets), padding };
  const { y, gradient } = mode === "max" ? largestRows(table, bags) : sumOfRows(table, bags, mode === "mean");
  return record("embeddingBag", [weight], y, (dy) => {
    const dw = zeros(table.shape, { dtype: dy.dtype });
    gradient(dy.contiguous(), dw.data as FloatArray);
    return [dw];
  });
}

/** Which rows of the table are in which bag. */
interface Bags {
  readonly indices: ArrayLike<number>;
  /** Where each bag starts in the indices, and where the last one ends. */
  readonly starts: Int32Array;
  /** The row that counts for nothing. */
  readonly padding: number | null;
}

/** What the bags become, `[N, embeddingDim]`. */
interface ReducedBags {
  readonly y: Tensor;
  /** Adds the gradient of the table, given a contiguous one of `y`, to `dw`. */
  gradient(dy: Tensor, dw: FloatArray): void;
}

function sumOfRows(table: Tensor, { indices, starts, padding }: Bags, isMean: boolean): ReducedBags {
  const width = table.shape[1]!;
  const count = starts.length - 1;
  const y = zeros([count, width], { dtype: table.dtype });
  const from = table.data as FloatArray;
  const sums = y.data as FloatArray;
  /** What the sum of each bag is divided by. */
  const divisors = new Int32Array(count).fill(1);
  for (let bag = 0; bag < count; bag++) {
    let rows = 0;
    for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
      if (indices[i] === padding) continue;
      rows++;
      addRun(from, table.offset + indices[i]! * width, sums, bag * width, width);
    }
    if (!isMean || rows < 2) continue;
    divisors[bag] = rows;
    for (let j = bag * width; j < (bag + 1) * width; j++) sums[j]! /= rows;
  }
  return {
    y,
    gradient(dy, dw) {
      const given = dy.data as FloatArray;
      const share = internalZeros(given, width);
      for (let bag = 0; bag < count; bag++) {
        const start = dy.offset + bag * width;
        for (let j = 0; j < width; j++) share[j] = given[start + j]! / divisors[bag]!;
        for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
          if (indices[i] !== padding) addRun(share, 0, dw, indices[i]! * width, width);
        }
      }
    },
  };
}

function largestRows(table: Tensor, { indices, starts, padding }: Bags): ReducedBags {
  const width = table.shape[1]!;
  const count = starts.length - 1;
  const y = zeros([count, width], { dtype: table.dtype });
  const from = table.data as FloatArray;
  const largest = y.data as FloatArray;
  /** Where in the table each element was taken from; -1 for an empty bag. */
  const taken = new Int32Array(count * width).fill(-1);
  for (let bag = 0; bag < count; bag++) {
    for (let i = starts[bag]!; i < starts[bag + 1]!; i++) {
      const row = indices[i]!;
      if (row === padding) continue;
      for (let j = 0, to = bag * width; j < width; j++, to++) {
        const element = from[table.offset + row * width + j]!;
        if (taken[to] !== -1 && !(element > largest[to]!)) continue;
        largest[to] = element;
        taken[to] = row * width + j;
      }
    }
  }
  return {
    y,
    gradient(dy, dw) {
      const given = dy.data as FloatArray;
      for (let i = 0; i < taken.length; i++) if (taken[i] !== -1) dw[taken[i]!]! += given[dy.offset + i]!;
    },
  };
}
