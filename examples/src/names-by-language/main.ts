import { crossEntropy, noGrad } from "@rnn/nn";
import { manualSeed, type Tensor, tensor } from "@rnn/tensor";
import { buildVocabFromIterator, splitCharacters } from "@rnn/text";
import { Adam, accuracy, evaluate, fit, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { groupSplit } from "@rnn/train/data";
import { ConfusionMatrix, f1Score } from "@rnn/train/metrics";
import { defineExample } from "../example.ts";
import { percent, table } from "../table.ts";
import { NameClassifier } from "./name-classifier.ts";
import { NAMES, readNames } from "./names.ts";

export default defineExample({
  about: "Which of 18 languages a surname is from, read letter by letter (many-to-one).",
  defaults: {
    epochs: 20,
    hidden: 128,
    dropout: 0.3,
    balance: 0,
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
    data: "folder with one .txt file per language; without it, the one that comes with the examples",
    names: "names to try afterwards",
  },
  async run({ epochs, hidden, dropout, balance, seed, data, names: tried }, print) {
    const { languages, names, labels, lines, shared } = readNames(data || NAMES);
    print(`${lines} lines, ${names.length} different names of ${languages.length} languages`);
    print(`${shared} names stand under more than one language`);

    // all languages of a name go to one part: otherwise the training part would know test names
    const [train, validation, test] = groupSplit(names, [0.8, 0.1, 0.1], { seed });
    const namesOf = (part: Int32Array) => Array.from(part, (i) => names[i]!);
    const labelsOf = (part: Int32Array) => Array.from(part, (i) => labels[i]!);

    const vocab = buildVocabFromIterator(namesOf(train).map(splitCharacters), { specials: ["<unk>"] });
    vocab.setDefaultIndex(0);
    const encode = (name: string) => vocab.lookupIndices(splitCharacters(name.normalize("NFC")));
    const batchesOf = (part: Int32Array, order: { shuffle: boolean; seed?: number }) => {
      const targets = tensor(labelsOf(part), { dtype: "int32" });
      return sequenceBatches(namesOf(part).map(encode), targets, { batchSize: 64, ...order });
    };

    manualSeed(seed);
    const model = new NameClassifier({ letters: vocab.length, languages: languages.length, hidden, dropout });
    const weight = classWeights(labelsOf(train), languages.length, balance);
    const loss = ({ ids, lengths, targets }: SequenceBatch) => {
      const output = model.forward(ids, lengths);
      return { loss: crossEntropy(output, targets, { weight }), output, targets };
    };
    const metrics = { accuracy, macroF1: f1Score };
    for await (const event of fit(model, batchesOf(train, { shuffle: true, seed }), {
      optimizer: new Adam(model.parameters(), { learningRate: 0.002 }),
      epochs,
      loss,
      clipNorm: 1,
      validation: batchesOf(validation, { shuffle: false }),
      metrics,
      monitor: "macroF1", // the best epoch's weights are in the model at the end
    })) {
      if (event.type !== "epoch") continue;
      const scores = event.validation!.metrics;
      print(`epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}, validation ${shown(scores)}`);
    }

    const confusion = new ConfusionMatrix({ labels: languages });
    const tested = await evaluate(model, batchesOf(test, { shuffle: false }), {
      loss,
      metrics: { ...metrics, confusion: () => confusion },
    });
    const { accuracy: right, macroF1 } = tested.metrics;
    const majority = Math.max(...confusion.scores.map(({ support }) => support)) / test.length;
    print(`\nthe ${test.length} names of the test part: ${shown(tested.metrics)}`);
    print(`always the most frequent language: accuracy ${percent(majority)}`);
    print(
      `\nrows: the language; columns: what the network said\n\n${confusionTable(languages, confusion.counts)}`,
    );
    print(`\n${scoresByLanguage(languages, confusion)}`);

    const predict = (name: string) => {
      const ids = encode(name);
      const logits = noGrad(() =>
        model.eval().forward(tensor([ids], { dtype: "int32" }), Int32Array.of(ids.length)),
      );
      const probabilities = Array.from(logits.value.softmax(1).data, Number);
      return probabilities.map((p, k) => ({ language: languages[k]!, p })).sort((a, b) => b.p - a.p);
    };
    const rows = tried.split(",").map((name) => {
      const likeliest = predict(name).slice(0, 3);
      return [name, ...likeliest.map(({ language, p }) => `${language} ${percent(p)}`)];
    });
    print(`\n${table(["name", "most likely", "then", "then"], rows)}`);
    return { accuracy: right, macroF1, majority, predict };
  },
});

/** Rare languages weigh more: n^-balance, scaled to 1 for a class of mean size. */
function classWeights(labels: readonly number[], classes: number, balance: number): Tensor {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]! += 1;
  const mean = labels.length / classes;
  return tensor(counts.map((count) => (Math.max(count, 1) / mean) ** -balance));
}

function shown({ accuracy, macroF1 }: { accuracy: number; macroF1: number }): string {
  return `accuracy ${percent(accuracy)}, macro-F1 ${macroF1.toFixed(3)}`;
}

/** The counts of a matrix in narrow columns, so that 18 languages fit into a terminal. */
function confusionTable(labels: readonly string[], counts: readonly (readonly number[])[]): string {
  const width = Math.max(3, String(Math.max(...counts.flat())).length);
  const short = labels.map((label) => label.slice(0, 3));
  const line = (head: string, cells: readonly string[]) =>
    [head.padEnd(3), ...cells.map((cell) => cell.padStart(width))].join(" ");
  const rows = counts.map((row, k) =>
    line(
      short[k]!,
      row.map((count) => (count === 0 ? "." : String(count))),
    ),
  );
  return [line("", short), ...rows].join("\n");
}

function scoresByLanguage(languages: readonly string[], confusion: ConfusionMatrix): string {
  const rows = confusion.scores.map(({ precision, recall, f1, support }, k) => {
    return [languages[k]!, precision.toFixed(3), recall.toFixed(3), f1.toFixed(3), support];
  });
  return table(["language", "precision", "recall", "F1", "names"], rows);
}
