import { parameterCount } from "../../../report/module-layers.ts";
import { count, counted, visible } from "../../../terminal/format.ts";
import type { Corpus } from "../corpus.ts";
import type { LanguageModel } from "../model.ts";
import { countedUnits } from "../text-units.ts";
import type { TrainOptions } from "../train-options.ts";

/** Units of a test whose scores mean little. */
const ROUGH = 1000;

/** What is about to be trained on what. */
export function headerLines(corpus: Corpus, model: LanguageModel, options: TrainOptions): string[] {
  const { parts, units, vocabulary, unknown } = corpus;
  const { cell, embedding, hidden, layers, tied } = model.config;
  const sizes = [`embedding of ${embedding}`, `${counted(layers, "layer")} of ${hidden}`];
  if (tied) sizes.push("tied output");
  const lanes = options["batch-size"];
  const perLane = Math.floor(parts.train.length / lanes);
  const window = Math.min(options["sequence-length"], perLane - 1);
  const lines = [
    `${visible(corpus.name)}: ${countedUnits(parts.train.length, units)} to learn from,`,
    `  ${count(parts.validation.length)} to choose the best epoch, ${count(parts.test.length)} to test on`,
    `  vocabulary of ${countedUnits(vocabulary.length, units)} from the learning part`,
    `  ${cell.toUpperCase()}, ${sizes.join(", ")}: ${count(parameterCount(model))} parameters`,
    `  ${options.optimizer === "sgd" ? "SGD" : "Adam"}, ${counted(lanes, "lane")} of ${countedUnits(perLane, units)}, windows of ${window} (seed ${options.seed})`,
  ];
  if (unknown > 0) {
    const fate = units === "words" ? "read as the unknown word" : "left out";
    lines.push(`  ${countedUnits(unknown, units)} of the other parts not in it: ${fate}`);
  }
  if (parts.test.length < ROUGH)
    lines.push("  the scores of so short a test are rough: more text tells more");
  return lines;
}
