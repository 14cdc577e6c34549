import { ShapeError, type Tensor, zeros } from "@rnn/tensor";
import type { FloatDType } from "../dtype.ts";
import { checkTensor } from "../functional/operand.ts";
import { normal } from "../init.ts";
import type { OptionNames } from "../options-check.ts";
import { checkPositive } from "../options-check.ts";
import { printShape, sameShape } from "../shape.ts";
import { checkParameterOptions, type ParameterOptions, parameterOptionNames } from "./options.ts";

/**
 * Options of a table of vectors.
 *
 * @public
 */
export interface EmbeddingTableOptions extends ParameterOptions {
  /** Number of rows: indices go from 0 to `numEmbeddings - 1`. */
  numEmbeddings: number;
  /** Length of a row. */
  embeddingDim: number;
  /** The initial table, used as it is; random numbers if absent. */
  initial?: Tensor | undefined;
}

/** The names of {@link EmbeddingTableOptions}. */
export const tableOptionNames: OptionNames<EmbeddingTableOptions> = {
  numEmbeddings: true,
  embeddingDim: true,
  initial: true,
  ...parameterOptionNames,
};

/** Throws unless the table has rows and columns. */
export function checkTableSizes(where: string, { numEmbeddings, embeddingDim }: EmbeddingTableOptions): void {
  checkPositive(where, "numEmbeddings", numEmbeddings);
  checkPositive(where, "embeddingDim", embeddingDim);
}

/** The given table, or standard normal numbers with zeros in the padding row. */
export function initialTable(
  where: string,
  options: EmbeddingTableOptions,
  paddingIdx: number | null,
): Tensor {
  const { numEmbeddings, embeddingDim, initial, dtype = initial?.dtype ?? "float32", generator } = options;
  const shape = [numEmbeddings, embeddingDim];
  if (initial !== undefined) checkTensor(where, "initial", initial);
  checkParameterOptions(where, dtype, generator);
  if (initial !== undefined) {
    if (sameShape(initial.shape, shape)) return initial.to(dtype).contiguous();
    throw new ShapeError(
      `${where}: initial has shape ${printShape(initial.shape)}, expected ${printShape(shape)} = [numEmbeddings,embeddingDim]`,
    );
  }
  const table = normal(zeros(shape, { dtype: dtype as FloatDType }), 0, 1, { generator });
  if (paddingIdx !== null) table.data.fill(0, paddingIdx * embeddingDim, (paddingIdx + 1) * embeddingDim);
  return table;
}
