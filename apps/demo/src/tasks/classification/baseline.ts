import { BagOfWords, noGrad, type Parameter } from "@rnn/nn";
import { Generator, Tensor } from "@rnn/tensor";
import { buildVocabFromIterator, padSequences, splitWords } from "@rnn/text";
import { Adam, fit, LRScheduler } from "@rnn/train";
import type { Example } from "../../data/example.ts";
import { lossOf, targetTensor } from "./objective.ts";

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
export async function trainBaseline(
  train: readonly Example[],
  labels: readonly string[],
): Promise<Baseline | undefined> {
  const words = function* () {
    for (const { text } of train) yield splitWords(text.toLowerCase());
  };
  const vocab = buildVocabFromIterator(words(), { maxTokens: MAX_WORDS });
  if (vocab.length === 0) return undefined;
  const model = new BagOfWords({
    numEmbeddings: vocab.length,
    outFeatures: labels.length === 2 ? 1 : labels.length,
    generator: new Generator(0),
  });
  const logitsOf = (texts: readonly string[]) => {
    const ids = texts.map((text) => splitWords(text.toLowerCase()).filter((word) => vocab.contains(word)));
    const { data, shape, lengths } = padSequences(ids.map((known) => vocab.lookupIndices(known)));
    return () => model.forward(new Tensor(data, shape), { lengths });
  };
  const targets = targetTensor(
    train.map(({ label }) => label),
    labels,
  );
  const [bias, weight] = model.parameters() as [Parameter, Parameter];
  const optimizer = new Adam(
    [
      { parameters: [weight], weightDecay: PENALTY / train.length },
      { parameters: [bias], weightDecay: 0 },
    ],
    { learningRate: LEARNING_RATE },
  );
  const trainingLogits = logitsOf(train.map(({ text }) => text));
  const events = fit(model, [targets], {
    epochs: STEPS,
    optimizer,
    loss: (all) => lossOf(trainingLogits(), all),
    schedule: new LRScheduler(optimizer, (step, initial) => initial * (1 - step / STEPS)),
  });
  for await (const event of events) if (event.type === "end") break;
  return {
    words: vocab.length,
    logits: (texts) => noGrad(logitsOf(texts)).value.toArray() as number[][],
  };
}
