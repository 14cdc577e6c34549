import {
  crossEntropy,
  Dropout,
  Embedding,
  finalFeatures,
  GRU,
  Linear,
  Module,
  noGrad,
  type Variable,
} from "@rnn/nn";
import { manualSeed, type Tensor, tensor } from "@rnn/tensor";
import { buildVocabFromIterator, splitCharacters } from "@rnn/text";
import { Adam, accuracy, evaluate, fit, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { groupSplit } from "@rnn/train/data";
import { ConfusionMatrix, f1Score } from "@rnn/train/metrics";
import { example } from "../example.ts";
import { percent, table } from "../table.ts";
import { NAMES, readNames } from "./names.ts";

/** Reads a name letter by letter in both directions; what it knows at the two ends decides. */
class NameReader extends Module {
  readonly #embedding: Embedding;
  readonly #gru: GRU;
  readonly #dropout: Dropout;
  readonly #head: Linear;

  constructor(letters: number, languages: number, { hidden, dropout }: { hidden: number; dropout: number }) {
    super();
    this.#embedding = this.child("embedding", new Embedding({ numEmbeddings: letters, embeddingDim: 32 }));
    const sizes = { inputSize: 32, hiddenSize: hidden, batchFirst: true, bidirectional: true };
    this.#gru = this.child("gru", new GRU(sizes));
    this.#dropout = this.child("dropout", new Dropout({ p: dropout }));
    this.#head = this.child("head", new Linear({ inFeatures: 2 * hidden, outFeatures: languages }));
  }

  override forward(ids: Tensor, lengths: Int32Array): Variable {
    const letters = this.#dropout.forward(this.#embedding.forward(ids)); // [N, L, 32]
    const ends = finalFeatures(this.#gru.forward(letters, { lengths })); // [N, 2 * hidden]
    return this.#head.forward(this.#dropout.forward(ends)); // [N, languages]
  }
}

export default example({
  about: "Which of 18 languages a surname is from, read letter by letter (many-to-one classification).",
  defaults: {
    epochs: 30,
    hidden: 128,
    dropout: 0.3,
    balance: 0.5,
    seed: 0,
    data: "",
    names: "Satoshi,Jackson,Dostoevsky,Rossi,Nguyen",
  },
  help: {
    epochs: "passes over the training part",
    hidden: "units of each direction",
    dropout: "share of the features left out while training",
    balance: "weight of a class: (its number of names)^-balance; 0 treats names alike, 1 languages",
    seed: "of the split, the weights and the order",
    data: "folder with one .txt file per language, one name a line; without it, the one that comes with the examples",
    names: "names to try afterwards",
  },
  async run({ epochs, hidden, dropout, balance, seed, data, names: tried }, print) {
    const { languages, names, labels, lines, shared } = readNames(data || NAMES);
    print(
      `${lines} lines, ${names.length} different names of ${languages.length} languages; ${shared} stand under more than one language`,
    );

    // all languages of a name go to one part: otherwise the training part would know test names
    const [train, validation, test] = groupSplit(names, [0.8, 0.1, 0.1], { seed });
    const trainNames = Array.from(train, (i) => names[i]!);
    const vocab = buildVocabFromIterator(trainNames.map(splitCharacters), { specials: ["<pad>", "<unk>"] });
    vocab.setDefaultIndex(1);
    const encode = (name: string) => vocab.lookupIndices(splitCharacters(name.normalize("NFC")));
    const batchesOf = (
      part: Int32Array,
      options: { batchSize: number; shuffle?: boolean; seed?: number },
    ) => {
      const ids = Array.from(part, (i) => encode(names[i]!));
      return sequenceBatches(
        ids,
        tensor(
          Array.from(part, (i) => labels[i]!),
          { dtype: "int32" },
        ),
        options,
      );
    };

    manualSeed(seed);
    const model = new NameReader(vocab.length, languages.length, { hidden, dropout });
    const weight = classWeights(
      Array.from(train, (i) => labels[i]!),
      languages.length,
      balance,
    );
    const loss = ({ ids, lengths, targets }: SequenceBatch) => {
      const output = model.forward(ids, lengths);
      return { loss: crossEntropy(output, targets, { weight }), output, targets };
    };
    const metrics = { accuracy, macroF1: () => f1Score({ of: "macro" }) };
    for await (const event of fit(model, batchesOf(train, { batchSize: 64, seed }), {
      optimizer: new Adam(model.parameters(), { learningRate: 2e-3 }),
      epochs,
      loss,
      clipNorm: 1,
      validation: batchesOf(validation, { batchSize: 256, shuffle: false }),
      metrics,
      monitor: "macroF1",
    })) {
      if (event.type !== "epoch") continue;
      const { accuracy, macroF1 } = event.validation!.metrics;
      print(
        `epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}, validation accuracy ${percent(accuracy)}, macro-F1 ${macroF1.toFixed(3)}`,
      );
    }

    const confusion = new ConfusionMatrix({ labels: languages.map((language) => language.slice(0, 5)) });
    const testBatches = batchesOf(test, { batchSize: 256, shuffle: false });
    const result = (
      await evaluate(model, testBatches, { loss, metrics: { ...metrics, confusion: () => confusion } })
    ).metrics;
    const majority = Math.max(...confusion.scores.map(({ support }) => support)) / test.length;
    print(
      `\ntest part: ${test.length} names, accuracy ${percent(result.accuracy)} (always the most frequent language: ${percent(majority)}), macro-F1 ${result.macroF1.toFixed(3)}`,
    );
    print(`\nrows: the language; columns: what the network said\n${confusion}`);
    print(
      `\n${table(
        ["language", "precision", "recall", "F1", "names"],
        confusion.scores.map((score, k) => [
          languages[k]!,
          score.precision.toFixed(3),
          score.recall.toFixed(3),
          score.f1.toFixed(3),
          score.support,
        ]),
      )}`,
    );

    const predict = (name: string) => {
      const ids = encode(name);
      const probabilities = noGrad(() =>
        model
          .eval()
          .forward(tensor([ids], { dtype: "int32" }), Int32Array.of(ids.length))
          .softmax(1),
      );
      return Array.from(probabilities.value.data, (p, k) => ({ language: languages[k]!, p })).sort(
        (a, b) => b.p - a.p,
      );
    };
    const rows = tried.split(",").map((name) => [
      name,
      ...predict(name)
        .slice(0, 3)
        .map(({ language, p }) => `${language} ${percent(p)}`),
    ]);
    print(`\n${table(["name", "most likely", "then", "then"], rows)}`);
    return { ...result, majority, predict };
  },
});

/** Rare languages weigh more: n^-balance, scaled to 1 for a class of mean size. */
function classWeights(labels: readonly number[], classes: number, balance: number): Tensor {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]! += 1;
  const mean = labels.length / classes;
  return tensor(counts.map((count) => (count / mean) ** -balance));
}
