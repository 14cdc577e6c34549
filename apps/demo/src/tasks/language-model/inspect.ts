import type { Inspection } from "../task.ts";
import type { SavedModel } from "./saved/model-file.ts";

/** What `inspect` shows of a language model. */
export function inspect({ model, units, vocabulary, note }: SavedModel): Inspection {
  const { cell, dropout, tied } = model.config;
  return {
    note,
    name: cell,
    facts: [
      ["units", units],
      ["dropout", dropout],
      ["output", tied ? "tied to the embedding" : "weights of its own"],
    ],
    module: model,
    vocabulary: { tokens: vocabulary.getItos(), specials: units === "words" ? 2 : 0 },
  };
}
