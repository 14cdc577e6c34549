import { visible } from "../../terminal/format.ts";
import type { Inspection } from "../task.ts";
import type { SavedModel } from "./saved/model-file.ts";
import { SPECIALS } from "./text-task.ts";

/** What `inspect` shows of a text classifier. */
export function inspect({ model, task, note }: SavedModel): Inspection {
  const { pooling, dropout } = model.config;
  return {
    note,
    facts: [
      ["classes", task.labels.map(visible).join(", ")],
      ["tokenizer", "basic_english"],
      ["words read of a text", task.maxLength],
      ["pooling", pooling === "max" ? "max over time" : "last state"],
      ["dropout", dropout],
    ],
    module: model,
    vocabulary: { tokens: task.vocabulary.getItos(), specials: SPECIALS.length },
  };
}
