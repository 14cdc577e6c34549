import type { Task } from "../task.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { forecastCommand } from "./commands/forecast.ts";
import { inspect } from "./inspect.ts";
import { KEY } from "./saved/description.ts";
import { buildModel, type SavedForecaster } from "./saved/model-file.ts";
import { DEFAULT_OUTPUT } from "./train-options.ts";
import { training } from "./training-part.ts";

/** Time series and what comes next. */
export const forecast: Task<SavedForecaster> = {
  name: "forecast",
  summary: "tells how a time series goes on",
  noun: "a forecaster",
  folder: DEFAULT_OUTPUT,
  training,
  saved: { key: KEY, decode: buildModel },
  commands: { forecast: forecastCommand, evaluate: evaluateCommand },
  inspect,
};
