import { checkList, describe } from "./check.ts";

/** Throws unless `fractions` are shares that add up to 1. */
export function checkFractions(where: string, fractions: readonly number[]): void {
  checkList(where, "fractions", fractions, "numbers that add up to 1");
  const total = fractions.reduce((sum, fraction) => sum + fraction, 0);
  if (fractions.every((fraction) => fraction >= 0) && Math.abs(total - 1) < 1e-9) return;
  throw new RangeError(
    `${where}: fractions must be at least 0 and add up to 1, got ${describe([...fractions])}, which add up to ${total}`,
  );
}
