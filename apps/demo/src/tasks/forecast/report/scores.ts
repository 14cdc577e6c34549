import type { ForecastScores } from "@rnn/train/forecasting";
import { withJsonNames } from "../../../report/json-names.ts";
import type { Paint } from "../../../terminal/colour.ts";
import { type Column, table } from "../../../terminal/table.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { Layout } from "../../task.ts";
import type { Walk } from "../walk.ts";
import { verdictLines } from "./verdict.ts";

/** Scores of all forecasters, one under the other, then who could not forecast, and if a simple forecast is better. */
export function scoreLines(result: Walk, { width, paint }: Layout): string[] {
  const skipped = Object.entries(result.skipped).map(([name, reason]) => `  without ${name}: ${reason}`);
  return [
    ...scoreTable(result, paint),
    ...[...skipped, ...verdictLines(result)].flatMap((line) => fold(line, width)),
  ];
}

function scoreTable({ models }: Walk, paint: Paint): string[] {
  const rows = Object.entries(models);
  const hasQuantiles = rows.some(([, { scores }]) => scores.pinball !== null);
  const columns: Column[] = [{ title: "" }, ...["MAE", "RMSE", "MAPE", "MASE"].map(right)];
  if (hasQuantiles) columns.push(right("pinball"), right("in interval"));
  const cells = rows.map(([name, { scores }]) => [
    name,
    short(scores.mae),
    short(scores.rmse),
    percent(scores.mape),
    scores.mase === null ? "" : scores.mase.toFixed(3),
    ...(hasQuantiles ? [short(scores.pinball), percent(scores.intervalCoverage)] : []),
  ]);
  const [head, own, ...others] = table(columns, cells, paint).map((line) => `  ${line}`);
  return [head!, paint("bold", own!), ...others];
}

/** The same as `--json` prints it. */
export function scoresJson({ models }: Walk): Record<string, ForecastScores> {
  return withJsonNames(
    Object.fromEntries(Object.entries(models).map(([name, { scores }]) => [name, scores])),
  );
}

/** A number with four digits that count. */
export function short(value: number | null): string {
  if (value === null) return "";
  const digits = Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(6, digits));
}

/** Percentages beyond this, of values near zero, say nothing. */
const MAX_PERCENT = 10;

function percent(share: number | null): string {
  if (share === null) return "";
  return share > MAX_PERCENT ? "-" : `${(100 * share).toFixed(share < 0.1 ? 2 : 1)} %`;
}

function right(title: string): Column {
  return { title, align: "right" };
}
