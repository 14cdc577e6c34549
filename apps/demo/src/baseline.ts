import { Linear, noGrad } from "@rnn/nn";
import { Generator } from "@rnn/tensor";
import { buildVocabFromIterator, CountVectorizer, splitWords } from "@rnn/text";
import { Adam } from "@rnn/train";
import type { Example } from "./data/example.ts";
import { lossOf, targetTensor } from "./objective.ts";
import { sparseLinear } from "./sparse-linear.ts";

/** Most words counted. */
const MAX_WORDS = 20_000;
/** Strength of the penalty: the loss is the sum over texts plus ½ ‖W‖², as in scikit-learn with C = 1. */
const PENALTY = 1;
/** Steps over all texts at once, and their size; enough for the loss to settle in its fourth decimal. */
const STEPS = 200;
const LEARNING_RATE = 0.1;

/** The classical competitor: logistic regression on word counts, blind to the order of words. */
export interface Baseline {
  /** Words it counts. */
  readonly words: number;
  /** Logits of each text, as the network's: one for two classes, otherwise one per class. */
  logits(texts: readonly string[]): number[][];
}

/**
 * Counts the words of each text and fits a linear layer on the counts.
 *
 * @param labels - Names of the classes.
 * @returns undefined if the texts have no word of two letters.
 */
export function trainBaseline(train: readonly Example[], labels: readonly string[]): Baseline | undefined {
  const words = function* () {
    for (const { text } of train) yield splitWords(text.toLowerCase());
  };
  const vocab = buildVocabFromIterator(words(), { maxTokens: MAX_WORDS });
  if (vocab.length === 0) return undefined;
  const vectorizer = new CountVectorizer({ vocab });
  const counts = vectorizer.transform(train.map(({ text }) => text));
  const targets = targetTensor(
    train.map(({ label }) => label),
    labels,
  );
  const linear = new Linear({
    inFeatures: vocab.length,
    outFeatures: labels.length === 2 ? 1 : labels.length,
    generator: new Generator(0),
  });
  const optimizer = new Adam(
    [
      { parameters: [linear.weight], weightDecay: PENALTY / train.length },
      { parameters: [linear.bias!], weightDecay: 0 },
    ],
    { learningRate: LEARNING_RATE },
  );
  for (let step = 0; step < STEPS; step++) {
    for (const group of optimizer.parameterGroups) group.learningRate = LEARNING_RATE * (1 - step / STEPS);
    optimizer.zeroGrad();
    lossOf(sparseLinear(counts, linear.weight, linear.bias!), targets).backward();
    optimizer.step();
  }
  return {
    words: vocab.length,
    logits: (texts) =>
      noGrad(() =>
        sparseLinear(vectorizer.transform(texts), linear.weight, linear.bias!),
      ).value.toArray() as number[][],
  };
}
