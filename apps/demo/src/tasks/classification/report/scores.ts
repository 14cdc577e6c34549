import type { Paint } from "../../../terminal/colour.ts";
import { count, visible } from "../../../terminal/format.ts";
import type { Competitor } from "../compare.ts";
import { interval } from "../score.ts";

/** A label this much more frequent than an equal share makes plain accuracy flattering. */
const UNBALANCED = 1.2;

/**
 * Accuracies one under the other, each with its 95 % interval, and the balanced accuracy where the classes are not.
 *
 * @param competitors - The last one always answers the most frequent label.
 */
export function scoreTable(competitors: readonly Competitor[], classes: number, paint: Paint): string[] {
  const width = Math.max(...competitors.map(({ name }) => name.length));
  const unbalanced = competitors.at(-1)!.score.accuracy > UNBALANCED / classes;
  return competitors.map(({ name, score, note }, place) => {
    const [low, high] = interval(score);
    const facts = [
      `  ${name.padEnd(width)}`,
      paint(place === 0 ? "bold" : "dim", score.accuracy.toFixed(3)),
      `${count(score.right)} of ${count(score.count)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`,
    ];
    if (unbalanced) facts.push(`balanced ${score.balanced.toFixed(3)}`);
    if (note !== "") facts.push(paint("dim", visible(note)));
    return facts.join("  ");
  });
}

/** The same as `--json` prints it. */
export function scoresJson(competitors: readonly Competitor[]): object {
  return Object.fromEntries(
    competitors.map(({ name, score: { accuracy, balanced, right, count: texts } }) => [
      name,
      { accuracy, balancedAccuracy: balanced, right, texts },
    ]),
  );
}
