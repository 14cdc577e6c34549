import { crossEntropy, noGrad } from "@rnn/nn";
import { argmax, manualSeed, tensor } from "@rnn/tensor";
import { buildVocabFromIterator, padSequences, splitCharacters, type Vocab } from "@rnn/text";
import { Adam, fit, randomSplit, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { defineExample } from "../example.ts";
import { percent, table } from "../table.ts";
import { PAIRS, readPairs } from "../tatoeba.ts";
import { mostFrequentSpelling } from "./most-frequent-spelling.ts";
import { compareAccents } from "./score.ts";
import { Tagger } from "./tagger.ts";
import { withoutAccents } from "./without-accents.ts";

/** Label of the padding behind a sentence. */
const NO_LABEL = -1;

export default defineExample({
  about: "Giving French letters their accents back: one label per character (many-to-many, direct).",
  defaults: {
    epochs: 8,
    hidden: 96,
    batch: 64,
    learningRate: 0.003,
    seed: 0,
    data: "",
    text: "Ou est le garcon? Il a ete la ou tu etais.",
  },
  help: {
    epochs: "passes over the training part",
    hidden: "units of each direction",
    batch: "sentences per update",
    learningRate: "of Adam",
    seed: "of the split, the weights and the order",
    data: "file of lines English TAB French; without it, the one that comes with the examples",
    text: "French without accents, to try afterwards",
  },
  async run({ epochs, hidden, batch, learningRate, seed, data, text }, print) {
    const sentences = [...new Set(readPairs(data || PAIRS).map(({ french }) => french))];
    const [train, test] = randomSplit(sentences.length, [0.9, 0.1], { seed }).map((part) =>
      Array.from(part, (i) => sentences[i]!),
    ) as [string[], string[]];
    print(`${train.length} sentences to learn from, ${test.length} to test`);

    const characters = (text: string) => splitCharacters(text);
    const labels = buildVocabFromIterator(train.map(characters));
    const inputs = buildVocabFromIterator(train.map(withoutAccents).map(characters), { specials: ["<unk>"] });
    inputs.setDefaultIndex(0);
    const encode = (text: string) => inputs.lookupIndices(characters(withoutAccents(text)));

    manualSeed(seed);
    const model = new Tagger({ inputs: inputs.length, labels: labels.length, hidden });
    const targets = padSequences(
      train.map((sentence) => labels.lookupIndices(characters(sentence))),
      { padIndex: NO_LABEL },
    );
    const batches = sequenceBatches(train.map(encode), tensor(targets.data).reshape(targets.shape), {
      batchSize: batch,
      seed,
    });
    const loss = ({ ids, lengths, targets }: SequenceBatch) => {
      const logits = model.forward(ids, lengths); // [N, L, labels]
      const wanted = targets.slice(null, [0, ids.shape[1]!]).reshape([-1]);
      return crossEntropy(logits.reshape([-1, labels.length]), wanted, { ignoreIndex: NO_LABEL });
    };
    const optimizer = new Adam(model.parameters(), { learningRate });
    for await (const event of fit(model, batches, { optimizer, epochs, loss, clipNorm: 1 })) {
      if (event.type === "epoch") print(`epoch ${event.epoch}: loss ${event.trainLoss.toFixed(4)}`);
    }

    const restore = (texts: readonly string[]) => restoreAccents(model, texts.map(encode), texts, labels);
    const lookup = mostFrequentSpelling(train);
    const bare = test.map(withoutAccents);
    const results = {
      "left as it is": compareAccents(bare, test),
      "most frequent spelling of the word": compareAccents(bare.map(lookup), test),
      "recurrent network": compareAccents(restore(bare), test),
    };
    const rows = Object.entries(results).map(([way, { letters, words, sentences }]) => [
      way,
      percent(letters),
      percent(words),
      percent(sentences),
    ]);
    print(`\n${table(["on the test sentences", "letters right", "words right", "sentences right"], rows)}`);
    print(`\n${text}\n${restore([withoutAccents(text)])}`);
    return { ...results, restore };
  },
});

/** The most likely label of each character; the character itself where that label is another letter. */
function restoreAccents(
  model: Tagger,
  ids: readonly number[][],
  texts: readonly string[],
  labels: Vocab,
): string[] {
  const rows = padSequences(ids);
  const padded = tensor(rows.data).reshape(rows.shape);
  const likeliest = noGrad(() => argmax(model.eval().forward(padded, rows.lengths).value, { dim: 2 }));
  return texts.map((text, n) =>
    splitCharacters(text)
      .map((character, t) => {
        const label = labels.lookupToken(Number(likeliest.data[n * rows.shape[1] + t]));
        return withoutAccents(label) === character ? label : character;
      })
      .join(""),
  );
}
