import { jsonName } from "../../../report/json-names.ts";
import { count, visible } from "../../../terminal/format.ts";
import { table } from "../../../terminal/table.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { Layout } from "../../task.ts";
import type { Competitor } from "../compare.ts";
import { interval, type Score } from "../score.ts";

/** A label this much more frequent than an equal share makes plain accuracy flattering. */
const UNBALANCED = 1.2;

/**
 * Accuracies one under the other, each with its 95 % interval, and the balanced accuracy where the classes are not.
 *
 * @param competitors - The last one always answers the most frequent label.
 */
export function scoreTable(competitors: readonly Competitor[], classes: number, layout: Layout): string[] {
  const unbalanced = competitors.at(-1)!.score.accuracy > UNBALANCED / classes;
  const rows = competitors.map(({ name, score }) => [
    name,
    score.accuracy.toFixed(3),
    intervalText(score),
    ...(unbalanced ? [score.balanced.toFixed(3)] : []),
    `${count(score.right)} of ${count(score.count)}`,
  ]);
  const columns = [
    { title: "model" },
    { title: "accuracy" },
    { title: "95 % interval" },
    ...(unbalanced ? [{ title: "balanced" }] : []),
    { title: "right", align: "right" } as const,
  ];
  const [head, own, ...others] = table(columns, rows, layout.paint).map((line) => `  ${line}`);
  return [head!, layout.paint("bold", own!), ...others, ...noteLines(competitors, layout)];
}

/** What the competitors are that have a note. */
export function noteLines(competitors: readonly Competitor[], { width, paint }: Layout): string[] {
  const notes = competitors.filter(({ note }) => note !== "").map(({ name, note }) => `${name}: ${note}`);
  return fold(`  ${visible(notes.join("; "))}`, width).map((line) => paint("dim", line));
}

/** "0.30 to 0.70". */
export function intervalText(score: Pick<Score, "right" | "count">): string {
  const [low, high] = interval(score);
  return `${low.toFixed(2)} to ${high.toFixed(2)}`;
}

/** The same as `--json` prints it. */
export function scoresJson(competitors: readonly Competitor[]): object {
  return Object.fromEntries(
    competitors.map(({ name, score: { accuracy, balanced, right, count: texts } }) => [
      jsonName(name),
      { accuracy, balancedAccuracy: balanced, right, texts },
    ]),
  );
}
