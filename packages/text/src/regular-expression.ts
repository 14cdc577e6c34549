/** A copy of a pattern that finds every match, wherever it is, whatever the flags `g` and `y` of the original. */
export function matchingAll(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, `${pattern.flags.replace(/[gy]/g, "")}g`);
}

/** How many capturing groups a pattern has: with an empty alternative it matches anything. */
export function countGroups(pattern: RegExp): number {
  return (new RegExp(`${pattern.source}|`, pattern.flags).exec("") as RegExpExecArray).length - 1;
}
