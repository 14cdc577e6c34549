import type { Tensor } from "@rnn/tensor";

/**
 * Scales the listed rows of a contiguous table down, in place, where their norm is larger than `maxNorm`.
 *
 * A row is scaled by `maxNorm / (norm + 1e-7)`, as `torch.nn.functional.embedding` does. Returns whether
 * any row was.
 */
export function limitRowNorms(
  table: Tensor,
  rows: ArrayLike<number>,
  maxNorm: number,
  normType: number,
): boolean {
  const width = table.shape[1] as number;
  let isChanged = false;
  const seen = new Set<number>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (seen.has(row)) continue;
    seen.add(row);
    const start = table.offset + row * width;
    const values = table.data.subarray(start, start + width);
    const norm = normOf(values, normType);
    if (!(norm > maxNorm)) continue; // nor if it is NaN
    isChanged = true;
    const scale = maxNorm / (norm + 1e-7);
    for (let j = 0; j < width; j++) values[j] = (values[j] as number) * scale;
  }
  return isChanged;
}

function normOf(values: ArrayLike<number>, type: number): number {
  let total = 0;
  for (let j = 0; j < values.length; j++) {
    const size = Math.abs(values[j] as number);
    total = type === Infinity ? Math.max(total, size) : total + size ** type;
  }
  return type === Infinity ? total : total ** (1 / type);
}
