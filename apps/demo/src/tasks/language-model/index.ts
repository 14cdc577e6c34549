import { generateCommand } from "../../commands/generate.ts";
import type { Task } from "../task.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { inspect } from "./inspect.ts";
import { KEY } from "./saved/description.ts";
import { buildModel, type SavedModel } from "./saved/model-file.ts";
import { DEFAULT_OUTPUT } from "./train-options.ts";
import { training } from "./training-part.ts";
import { writerOf } from "./writer.ts";

/** The next character or word of a text. */
export const languageModel: Task<SavedModel> = {
  name: "language-model",
  summary: "learns to write: predicts every character or word of a text",
  noun: "a language model",
  folder: DEFAULT_OUTPUT,
  training,
  saved: { key: KEY, decode: buildModel },
  commands: { generate: generateCommand<SavedModel>(writerOf), evaluate: evaluateCommand },
  inspect,
};
