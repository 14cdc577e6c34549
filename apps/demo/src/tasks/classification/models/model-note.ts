import { parameterCount } from "../../../report/module-layers.ts";
import { counted } from "../../../terminal/format.ts";
import type { RecurrentConfig } from "../model.ts";
import { KERNEL_SIZES } from "./baseline-classifier.ts";
import type { ModelConfig } from "./config.ts";
import type { TextModel } from "./text-model.ts";

/** What a model is called in tables. */
export function modelName(config: ModelConfig): string {
  if (config.kind === "recurrent") return config.cell;
  if (config.kind === "bag-of-words") return "bag of words";
  return config.kind;
}

/** What a model is composed of, and how many numbers it learns. */
export function modelNote(model: TextModel): string {
  return `${composition(model.config)}: ${counted(parameterCount(model), "parameter")}`;
}

function composition(config: ModelConfig): string {
  switch (config.kind) {
    case "recurrent":
      return recurrentNote(config);
    case "bag-of-words":
      return "bag of words, linear";
    case "mlp":
      return `embedding ${config.embedding} of ${config.length} words side by side, ${config.hidden} hidden units, dropout ${config.dropout}, linear`;
    case "cnn":
      return `embedding ${config.embedding}, ${config.kernels} kernels for each of ${KERNEL_SIZES.join(", ")} words, max over time, dropout ${config.dropout}, linear`;
    case "hmm":
      return `a hidden Markov model with ${config.states} states for each class`;
  }
}

function recurrentNote({
  cell,
  embedding,
  hidden,
  layers,
  directions,
  pooling,
  dropout,
  pairs = [],
}: RecurrentConfig): string {
  const recurrent = `${layers > 1 ? `${layers} x ` : ""}${cell} ${hidden}${directions === 2 ? " in both directions" : ""}`;
  const pairNote = pairs.length > 0 ? ` of words and ${counted(pairs.length / 2, "pair")} of them` : "";
  return `embedding ${embedding}${pairNote}, ${recurrent}, ${poolingNote(pooling)}, dropout ${dropout}, linear`;
}

/** What the last layer of a recurrent model sees. */
export function poolingNote(pooling: RecurrentConfig["pooling"]): string {
  if (pooling === "last") return "last state";
  return pooling === "both" ? "max and mean over time" : `${pooling} over time`;
}
