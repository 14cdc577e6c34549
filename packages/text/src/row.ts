import { show } from "./show.ts";

/**
 * Where a list that is too short or too long for its row gets padding or loses ids.
 *
 * @public
 */
export interface RowSides {
  /** The side that padding goes to, `"right"` by default. */
  readonly paddingSide?: "left" | "right" | undefined;
  /** The side that a list which is too long is cut at, `"right"` by default: the first ids stay. */
  readonly truncationSide?: "left" | "right" | undefined;
}

/** Writes a list of ids into a row, truncated or padded to the row's length. */
export function fillRow(
  row: Int32Array,
  ids: ArrayLike<number>,
  padIndex: number,
  { paddingSide, truncationSide }: Required<RowSides>,
): void {
  const count = Math.min(ids.length, row.length);
  const from = truncationSide === "left" ? ids.length - count : 0;
  const to = paddingSide === "left" ? row.length - count : 0;
  row.fill(padIndex);
  for (let i = 0; i < count; i++) row[to + i] = ids[from + i] as number;
}

/** @throws RangeError if a side is neither left nor right. */
export function checkSides(where: string, sides: Partial<Required<RowSides>>): void {
  for (const [name, side] of Object.entries(sides)) {
    if (side === "left" || side === "right") continue;
    throw new RangeError(`${where}: ${name} must be "left" or "right", got ${show(side)}`);
  }
}
