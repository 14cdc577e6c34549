import { parameterCount } from "../../../report/module-layers.ts";
import { count, counted, shorten, visible } from "../../../terminal/format.ts";
import { seriesNotes, spanText } from "../data/series.ts";
import { stepName } from "../data/step.ts";
import type { PreparedSeries } from "../prepare.ts";
import type { Stage } from "../stage.ts";

/** What is about to be trained on what. */
export function headerLines(
  { series, name, validationStart, testStart }: PreparedSeries,
  stage: Stage,
): string[] {
  const { rows, gaps, repeated } = series;
  const { model, task, windows } = stage;
  const { config } = model;
  const missing = rows.filter(([value]) => Number.isNaN(value)).length;
  const remarks = [
    ...(missing > 0 ? [`${counted(missing, "step")} without a value`] : []),
    ...(gaps > 0 ? [`${count(gaps)} of them without a row`] : []),
    ...(repeated > 0 ? [`${counted(repeated, "row")} more than steps`] : []),
  ];
  const inputs = [task.columns.target, ...task.columns.inputs].map((column) => visible(shorten(column, 30)));
  const columns = [...inputs, ...task.calendar.map((feature) => `${feature} of the date`)];
  return [
    `data      ${visible(name)}: ${count(rows.length)} steps of ${stepName(series.step)}${remarks.map((r) => `, ${r}`).join("")}`,
    ...seriesNotes(series).map((note) => `note      ${note}`),
    `train     ${spanText(series, 0, validationStart)}, ${counted(windows.origins.length, "window")}`,
    `validate  ${spanText(series, validationStart, testStart)}`,
    `test      ${spanText(series, testStart)}`,
    `sees      ${config.history} steps of ${columns.join(", ")}`,
    `network   ${config.cell}, ${counted(config.hidden, "unit")}, ${counted(config.layers, "layer")}${config.linear ? " + linear" : ""}, ` +
      `${count(parameterCount(model))} parameters; ${task.strategy}, ${counted(task.horizon, "step")} ahead` +
      (task.quantiles.length === 0 ? "" : `, quantiles ${task.quantiles.join(" ")}`),
  ];
}
