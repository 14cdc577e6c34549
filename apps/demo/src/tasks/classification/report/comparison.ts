import { count, duration } from "../../../terminal/format.ts";
import { table } from "../../../terminal/table.ts";
import type { Layout } from "../../task.ts";
import type { Competitor } from "../compare.ts";
import { intervalText, noteLines } from "./scores.ts";

/** Competitors one under the other, with what they cost. */
export function comparisonTable(competitors: readonly Competitor[], layout: Layout): string[] {
  const rows = competitors.map(({ name, score, cost }) => [
    name,
    score.accuracy.toFixed(3),
    intervalText(score),
    score.balanced.toFixed(3),
    cost === undefined ? "" : count(cost.parameters),
    cost === undefined ? "" : duration(cost.seconds),
  ]);
  const columns = [
    { title: "model" },
    { title: "accuracy" },
    { title: "95 % interval" },
    { title: "balanced" },
    { title: "parameters", align: "right" } as const,
    { title: "training", align: "right" } as const,
  ];
  const lines = table(columns, rows, layout.paint).map((line) => `  ${line}`);
  return [...lines, ...noteLines(competitors, layout)];
}
