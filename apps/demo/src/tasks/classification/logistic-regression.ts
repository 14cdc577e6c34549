import { EmbeddingBag, Module, noGrad, Parameter, type Variable } from "@rnn/nn";
import { Tensor, zeros } from "@rnn/tensor";
import { buildVocabFromIterator, splitWords, type Vocab } from "@rnn/text";
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
export interface LogisticRegression {
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
export async function trainLogisticRegression(
  train: readonly Example[],
  labels: readonly string[],
): Promise<LogisticRegression | undefined> {
  const words = function* () {
    for (const { text } of train) yield splitWords(text.toLowerCase());
  };
  const vocab = buildVocabFromIterator(words(), { maxTokens: MAX_WORDS });
  if (vocab.length === 0) return undefined;
  const model = new WordWeights(vocab.length, labels.length === 2 ? 1 : labels.length);
  const targets = targetTensor(
    train.map(({ label }) => label),
    labels,
  );
  const optimizer = new Adam(
    [
      { parameters: model.weights.parameters(), weightDecay: PENALTY / train.length },
      { parameters: [model.bias], weightDecay: 0 },
    ],
    { learningRate: LEARNING_RATE },
  );
  const known = knownWords(
    train.map(({ text }) => text),
    vocab,
  );
  const events = fit(model, [targets], {
    epochs: STEPS,
    optimizer,
    loss: (all) => lossOf(model.forward(known), all),
    schedule: new LRScheduler(optimizer, (step, initial) => initial * (1 - step / STEPS)),
  });
  for await (const event of events) if (event.type === "end") break;
  return {
    words: vocab.length,
    logits: (texts) => {
      const { value } = noGrad(() => model.forward(knownWords(texts, vocab)));
      return value.toArray() as number[][];
    },
  };
}

/** The words of several texts, one text after another. */
interface TextWords {
  /** Int32 ids of all words. */
  readonly ids: Tensor;
  /** Where each text starts in them. */
  readonly offsets: Tensor;
}

/** The words that are in the vocabulary; the others count for nothing. */
function knownWords(texts: readonly string[], vocab: Vocab): TextWords {
  const ids: number[] = [];
  const offsets = texts.map((text) => {
    const start = ids.length;
    const known = splitWords(text.toLowerCase()).filter((word) => vocab.contains(word));
    for (const id of vocab.lookupIndices(known)) ids.push(id);
    return start;
  });
  return { ids: tensorOf(ids), offsets: tensorOf(offsets) };
}

function tensorOf(integers: readonly number[]): Tensor {
  return new Tensor(Int32Array.from(integers), [integers.length]);
}

/** A linear layer on word counts, from zero: the sum of the weights of a text's words, and a bias. */
class WordWeights extends Module {
  readonly weights: EmbeddingBag;
  readonly bias: Parameter;

  constructor(words: number, units: number) {
    super();
    const initial = zeros([words, units]);
    this.weights = this.child(
      "weights",
      new EmbeddingBag({ numEmbeddings: words, embeddingDim: units, mode: "sum", initial }),
    );
    this.bias = this.parameter("bias", new Parameter(zeros([units])));
  }

  override forward({ ids, offsets }: TextWords): Variable {
    return this.weights.forward(ids, offsets).add(this.bias);
  }
}
