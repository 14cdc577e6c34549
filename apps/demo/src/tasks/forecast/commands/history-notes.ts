import { InputError } from "../../../errors.ts";
import { type TimeSeries, timeText } from "../data/series.ts";
import type { SavedForecaster } from "../saved/model-file.ts";

/**
 * What is missing in the steps that a forecast is made from, since the value before stands in for it.
 *
 * @throws {@link InputError} if a column is empty there from the first to the last step.
 */
export function historyNotes(series: TimeSeries, { model, task }: SavedForecaster): string[] {
  const { history } = model.config;
  const { target, inputs } = task.columns;
  return [target, ...inputs].flatMap((column, v) => {
    const values = series.rows.map((row) => row[v]!);
    const missing = values.slice(-history).filter(Number.isNaN).length;
    if (missing === 0) return [];
    // the first row of a series is whole, so there is one
    let last = values.length - 1;
    while (Number.isNaN(values[last])) last--;
    const known = `the last known one is of ${timeText(series, series.times[last]!)}`;
    if (missing === history) {
      throw new InputError(
        `${series.source}: the last ${history} steps, from which the forecast is made, have no value in column "${column}"; ${known}`,
      );
    }
    const end = last === values.length - 1 ? "" : `; ${known}`;
    return [
      `${missing} of the last ${history} steps ${missing === 1 ? "has" : "have"} no value in column "${column}": the one before stands in for each${end}`,
    ];
  });
}
