import { allocate } from "../dtype.ts";
import { formatShape, ShapeError } from "../errors.ts";
import { describe } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { checkTensor } from "./elementwise.ts";

/**
 * The upper triangle of a matrix, or of each in a batch, with zeros below it.
 *
 * @remarks
 * Kept are elements with column - row \>= `diagonal`: 0 keeps the main diagonal, positive ones start above it.
 *
 * @throws {@link ShapeError} if the tensor has fewer than two dimensions; RangeError if `diagonal` is not an integer.
 *
 * @example
 * ```ts
 * import { tensor, triu } from "@rnn/tensor";
 *
 * triu(tensor([[1, 2], [3, 4]])).toArray(); // => [[1, 2], [0, 4]]
 * triu(tensor([[1, 2], [3, 4]]), 1).toArray(); // => [[0, 2], [0, 0]]
 * ```
 *
 * @public
 */
export function triu(x: Tensor, diagonal = 0): Tensor {
  return triangle("triu", x, diagonal, (row, columns) => [row + diagonal, columns]);
}

/**
 * The lower triangle of a matrix, or of each in a batch, with zeros above it.
 *
 * @remarks
 * Kept are elements with column - row \<= `diagonal`: 0 keeps the main diagonal, negative ones end below it.
 *
 * @throws {@link ShapeError} if the tensor has fewer than two dimensions; RangeError if `diagonal` is not an integer.
 *
 * @example
 * ```ts
 * import { ones, tril } from "@rnn/tensor";
 *
 * tril(ones([3, 3])).toArray(); // => [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
 * ```
 *
 * @public
 */
export function tril(x: Tensor, diagonal = 0): Tensor {
  return triangle("tril", x, diagonal, (row) => [0, row + diagonal + 1]);
}

/** Copies of every row the columns that `keep` names: from the first up to, not including, the last. */
function triangle(
  where: string,
  x: Tensor,
  diagonal: number,
  keep: (row: number, columns: number) => [from: number, to: number],
): Tensor {
  checkTensor(where, x);
  if (x.ndim < 2) {
    throw new ShapeError(
      `${where}: shape ${formatShape(x.shape)} has ${x.ndim} dimensions, expected a matrix`,
    );
  }
  if (!Number.isInteger(diagonal)) {
    throw new RangeError(`${where}: diagonal is ${describe(diagonal)}, expected an integer`);
  }
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const { data, offset } = x.contiguous();
  const out = allocate(x.dtype, x.size);
  for (let at = 0, row = 0; at < x.size; at += columns, row = (row + 1) % rows) {
    const [from, to] = keep(row, columns);
    const end = at + Math.min(to, columns);
    for (let i = at + Math.max(from, 0); i < end; i++) out[i] = data[offset + i]!;
  }
  return new Tensor(out, x.shape);
}
