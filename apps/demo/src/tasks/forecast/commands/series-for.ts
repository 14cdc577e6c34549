import { InputError } from "../../../errors.ts";
import { counted } from "../../../terminal/format.ts";
import { parseSeries } from "../data/read-series.ts";
import type { TimeSeries } from "../data/series.ts";
import { stepName } from "../data/step.ts";
import type { SavedForecaster } from "../saved/model-file.ts";

/**
 * Reads a series that a saved forecaster is to work on.
 *
 * @param content - The text of a CSV file with the columns that it was trained on.
 * @param source - Its name, for messages.
 * @throws {@link InputError} if it cannot be read, has other steps than the forecaster, or too few of them.
 */
export async function seriesFor(
  { model, task }: SavedForecaster,
  content: string,
  source: string,
): Promise<TimeSeries> {
  const series = await parseSeries(content, task.columns, source, "model");
  const [known, given] = [task.step, series.step].map(stepName);
  if (known !== given) {
    throw new InputError(`${source}: has steps of ${given}, but the forecaster knows steps of ${known}`);
  }
  const { history } = model.config;
  if (series.rows.length >= history) return series;
  throw new InputError(
    `${source}: has ${counted(series.rows.length, "step")}, but the forecaster looks at ${history}; give it a longer series`,
  );
}
