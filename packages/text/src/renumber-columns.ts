/** Elements of a matrix: element `k` is `values[k]` at row `rows[k]` and column `columns[k]`. */
export interface Elements {
  readonly rows: number[];
  readonly columns: number[];
  readonly values: number[];
}

/** The same as typed arrays. */
export interface PackedElements {
  readonly rows: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/**
 * Makes `kept[i]` column `i`, drops the columns that are not kept, and orders each row by its new columns.
 *
 * Takes any order of elements. Two counting sorts, by column and then by row, so the time is linear in their number.
 */
export function renumberColumns(
  { rows, columns, values }: Elements,
  kept: readonly number[],
  [numRows, numColumns]: readonly [number, number],
): PackedElements {
  const newColumns = new Int32Array(numColumns).fill(-1);
  kept.forEach((column, i) => {
    newColumns[column] = i;
  });
  const renumbered = Int32Array.from(columns, (column) => newColumns[column] as number);
  // the places of the elements that stay, by column, whatever their row
  const byColumn = countingSort(renumbered, kept.length);
  const byRow = countingSort(
    byColumn.map((k) => rows[k] as number),
    numRows,
  ).map((i) => byColumn[i] as number);
  return {
    rows: byRow.map((k) => rows[k] as number),
    columns: byRow.map((k) => renumbered[k] as number),
    values: Float32Array.from(byRow, (k) => values[k] as number),
  };
}

/** The places of the keys from 0 to `numKeys - 1` in ascending order of the keys, equal ones in their order. */
function countingSort(keys: Int32Array, numKeys: number): Int32Array {
  const next = new Int32Array(numKeys + 1);
  for (const key of keys) if (key >= 0) next[key + 1]! += 1;
  for (let key = 0; key < numKeys; key++) next[key + 1]! += next[key]!;
  const sorted = new Int32Array(next[numKeys] as number);
  keys.forEach((key, place) => {
    if (key >= 0) sorted[next[key]!++] = place;
  });
  return sorted;
}
