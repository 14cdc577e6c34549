import type { Task } from "../task.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { predictCommand } from "./commands/predict.ts";
import { inspect } from "./inspect.ts";
import { KEY } from "./saved/description.ts";
import { buildModel, type SavedModel } from "./saved/model-file.ts";
import { DEFAULT_OUTPUT } from "./train-options.ts";
import { training } from "./training-part.ts";

/** Texts to one of several classes. */
export const classification: Task<SavedModel> = {
  name: "classification",
  summary: "tells which of several classes a text belongs to",
  noun: "a text classifier",
  folder: DEFAULT_OUTPUT,
  training,
  saved: { key: KEY, decode: buildModel },
  commands: { predict: predictCommand, evaluate: evaluateCommand },
  inspect,
};
