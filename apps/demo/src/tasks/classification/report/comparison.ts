import type { Paint } from "../../../terminal/colour.ts";
import { count, duration, visible } from "../../../terminal/format.ts";
import { table } from "../../../terminal/table.ts";
import type { Competitor } from "../compare.ts";
import { interval } from "../score.ts";

/** Competitors one under the other, with what they cost. */
export function comparisonTable(competitors: readonly Competitor[], paint: Paint): string[] {
  const rows = competitors.map(({ name, score, note, cost }) => {
    const [low, high] = interval(score);
    return [
      visible(name),
      score.accuracy.toFixed(3),
      `${low.toFixed(2)} to ${high.toFixed(2)}`,
      score.balanced.toFixed(3),
      cost === undefined ? "" : count(cost.parameters),
      cost === undefined ? "" : duration(cost.seconds),
      visible(note),
    ];
  });
  const columns = [
    { title: "model" },
    { title: "accuracy" },
    { title: "95 % interval" },
    { title: "balanced" },
    { title: "parameters", align: "right" } as const,
    { title: "training", align: "right" } as const,
    { title: "" },
  ];
  return table(columns, rows, paint).map((line) => `  ${line}`);
}
