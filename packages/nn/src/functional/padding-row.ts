import { describe } from "../describe.ts";

/** The row of a table of `count` that `paddingIdx` means, counted from the first; `null` if it is left out. */
export function paddingRow(where: string, paddingIdx: number | undefined, count: number): number | null {
  if (paddingIdx === undefined) return null;
  if (!Number.isInteger(paddingIdx) || paddingIdx < -count || paddingIdx >= count) {
    throw new RangeError(
      `${where}: paddingIdx ${describe(paddingIdx)} is outside ${-count}..${count - 1} (numEmbeddings ${count})`,
    );
  }
  return paddingIdx < 0 ? paddingIdx + count : paddingIdx;
}
