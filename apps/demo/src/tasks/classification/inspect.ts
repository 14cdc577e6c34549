import { visible } from "../../terminal/format.ts";
import type { Inspection } from "../task.ts";
import type { RecurrentConfig } from "./model.ts";
import { modelName, poolingNote } from "./models/model-note.ts";
import type { SavedModel } from "./saved/model-file.ts";
import { SPECIALS } from "./text-task.ts";

/** What `inspect` shows of a text classifier. */
export function inspect({ model, task, note }: SavedModel): Inspection {
  const { config } = model;
  const threshold = Number((1 / (1 + Math.exp(-task.threshold))).toPrecision(4));
  return {
    note,
    name: modelName(config),
    facts: [
      ["classes", task.labels.map(visible).join(", ")],
      ["tokenizer", "basic_english"],
      ["words read of a text", task.maxLength],
      ...(config.kind === "recurrent" ? recurrentFacts(config) : []),
      ...("dropout" in config ? [["dropout", config.dropout] as const] : []),
      ...(task.threshold === 0 ? [] : [["threshold", threshold] as const]),
    ],
    module: model,
    vocabulary: { tokens: task.vocabulary.getItos(), specials: SPECIALS.length },
  };
}

function recurrentFacts({ pairs = [], pooling }: RecurrentConfig): [name: string, value: string | number][] {
  const facts: [string, string | number][] = [["pooling", poolingNote(pooling)]];
  return pairs.length === 0 ? facts : [["pairs of words", pairs.length / 2], ...facts];
}
