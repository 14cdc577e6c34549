import { InputError } from "../../../errors.ts";
import { counted } from "../../../terminal/format.ts";
import type { TimeSeries } from "../data/series.ts";
import { stepName } from "../data/step.ts";
import type { SavedForecaster } from "../saved/model-file.ts";

/**
 * Makes sure that a forecaster can work on a series.
 *
 * @throws {@link InputError} if it has other steps than the forecaster, or too few of them.
 */
export function checkSeries({ source, rows, step }: TimeSeries, { model, task }: SavedForecaster): void {
  const [own, given] = [task.step, step].map(stepName);
  if (own !== given) {
    throw new InputError(`${source}: has steps of ${given}, but the forecaster knows steps of ${own}`);
  }
  const { history } = model.config;
  if (rows.length >= history) return;
  throw new InputError(
    `${source}: has ${counted(rows.length, "step")}, but the forecaster looks at ${history}; give it a longer series`,
  );
}
