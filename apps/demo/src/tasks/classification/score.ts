/** How well predictions agree with the truth. */
export interface Score {
  readonly right: number;
  readonly count: number;
  /** Share that is right. */
  readonly accuracy: number;
  /** Mean over the classes of the share of each that was found: not flattered by a frequent class. */
  readonly balanced: number;
}

/** Compares predicted with actual classes, given as positions. */
export function scoreOf(predicted: readonly number[], actual: readonly number[]): Score {
  const classes = new Map<number, { right: number; count: number }>();
  actual.forEach((target, n) => {
    const tally = classes.get(target) ?? { right: 0, count: 0 };
    tally.count++;
    if (predicted[n] === target) tally.right++;
    classes.set(target, tally);
  });
  const tallies = [...classes.values()];
  const right = tallies.reduce((sum, tally) => sum + tally.right, 0);
  const recalls = tallies.reduce((sum, tally) => sum + tally.right / tally.count, 0);
  return { right, count: actual.length, accuracy: right / actual.length, balanced: recalls / tallies.length };
}

/** The most frequent of some classes. */
export function majority(classes: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const target of classes) counts.set(target, (counts.get(target) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

/**
 * The 95 % confidence interval of a share, after Wilson 1927: where the accuracy on ever more texts would lie.
 */
export function interval({ right, count }: Pick<Score, "right" | "count">): [low: number, high: number] {
  const z = 1.959964;
  const p = right / count;
  const scale = 1 / (1 + (z * z) / count);
  const centre = scale * (p + (z * z) / (2 * count));
  const half = scale * z * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  return [centre - half, centre + half];
}
