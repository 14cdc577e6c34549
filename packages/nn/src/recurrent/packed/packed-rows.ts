import { full, Tensor } from "@rnn/tensor";
import { type Variable, variable } from "../../autograd/variable.ts";
import { cat } from "../../functional/cat.ts";
import { indexSelect } from "../../functional/index-select.ts";
import { reshape } from "../../functional/reshape.ts";

/** Rows of `x` `[T, ...]` by number, the padding for -1, in the shape `[...shape, ...]`. */
export function takePadded(
  x: Variable | Tensor,
  rows: Int32Array,
  paddingValue: number,
  shape: readonly number[],
): Variable {
  const [T, ...features] = x.shape as [number, ...number[]];
  const padding = full([1, ...features], paddingValue, { dtype: x.dtype });
  const from = new Tensor(
    rows.map((row) => (row === -1 ? T : row)),
    [rows.length],
  );
  return reshape(indexSelect(cat([variable(x), padding], 0), 0, from), [...shape, ...features]);
}

/** The steps there are of `x` `[L, N, ...]`, one after the other: `[T, ...]`. */
export function takeSteps(x: Variable, batchSizes: Int32Array, sorted: Int32Array | null): Variable {
  const [L, N, ...features] = x.shape as [number, number, ...number[]];
  const rows = new Int32Array(batchSizes.reduce((sum, size) => sum + size, 0));
  let next = 0;
  batchSizes.forEach((size, t) => {
    for (let place = 0; place < size; place++)
      rows[next++] = t * N + (sorted === null ? place : sorted[place]!);
  });
  return indexSelect(reshape(x, [L * N, ...features]), 0, new Tensor(rows, [rows.length]));
}
