/** How the rows of the heat map are sorted. */
export type UnitOrder = "index" | "last" | "change";

/** Positions of the units, in the order in which they are drawn: by number, or the largest key first. */
export function orderUnits(states: readonly (readonly number[])[], order: UnitOrder): number[] {
  const units = states.map((_, unit) => unit);
  if (order === "index") return units;
  const keys = states.map((row) => (order === "last" ? row[row.length - 1]! : movement(row)));
  return units.sort((a, b) => keys[b]! - keys[a]! || a - b);
}

/** The way a unit travels from word to word, in total. */
function movement(row: readonly number[]): number {
  let total = 0;
  for (let word = 1; word < row.length; word++) total += Math.abs(row[word]! - row[word - 1]!);
  return total;
}
