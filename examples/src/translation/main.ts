import { crossEntropy } from "@rnn/nn";
import { manualSeed, type Tensor, tensor } from "@rnn/tensor";
import { buildVocabFromIterator, padSequences, type Vocab } from "@rnn/text";
import { Adam, fit, LRScheduler, linearLR, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { groupSplit } from "@rnn/train/data";
import { corpusBleu } from "@rnn/train/metrics";
import { EncoderDecoder } from "../encoder-decoder.ts";
import { defineExample } from "../example.ts";
import { PAIRS, readPairs } from "../tatoeba.ts";
import { words } from "./words.ts";

const SPECIALS = ["<pad>", "<unk>", "<begin>", "<end>"];
const PAD = 0;
const UNKNOWN = 1;
const BEGIN = 2;
const END = 3;

export default defineExample({
  about:
    "Short English sentences to French: an encoder-decoder with attention and its BLEU (many-to-many, delayed).",
  defaults: {
    epochs: 10,
    hidden: 256,
    embedding: 128,
    dropout: 0.3,
    batch: 64,
    learningRate: 0.002,
    attention: true,
    minFreq: 2,
    seed: 0,
    data: "",
  },
  help: {
    epochs: "passes over the training part",
    hidden: "units of the decoder, and of both directions of the encoder together",
    embedding: "features of a word",
    dropout: "share of the features left out while training",
    batch: "pairs per update",
    learningRate: "of Adam at first; it falls to 0 in a straight line",
    attention: "the decoder starts from the last states of the encoder and sees nothing else of it",
    minFreq: "words that occur less often are unknown",
    seed: "of the split, the weights and the order",
    data: "file of lines English TAB French; without it, the one that comes with the examples",
  },
  async run(options, print) {
    const { seed, minFreq, batch, epochs } = options;
    const pairs = readPairs(options.data || PAIRS).map(({ english, french }) => {
      return { english, source: words(english), target: words(french) };
    });
    // all translations of a sentence are in one part, so that no test sentence was seen
    const groups = pairs.map(({ english }) => english);
    const [train, test] = groupSplit(groups, [0.9, 0.1], { seed });
    const sources = Array.from(train, (i) => pairs[i]!.source);
    const targets = Array.from(train, (i) => pairs[i]!.target);
    const references = referencesOf(Array.from(test, (i) => pairs[i]!));

    const english = vocabOf(sources, minFreq);
    const french = vocabOf(targets, minFreq);
    print(`${train.length} pairs to learn from, ${references.size} other sentences to test`);
    print(`${english.length} English and ${french.length} French words occur ${minFreq} times or more`);

    manualSeed(seed);
    const { attention, dropout, embedding: embeddingDim, hidden: hiddenSize } = options;
    const tokens = { sourceTokens: english.length, targetTokens: french.length };
    const model = new EncoderDecoder({ ...tokens, embeddingDim, hiddenSize, dropout, attention });
    const sourceIds = sources.map((source) => english.lookupIndices(source));
    const targetIds = padded(targets.map((target) => [BEGIN, ...french.lookupIndices(target), END])).ids;
    const batches = sequenceBatches(sourceIds, targetIds, { batchSize: batch, seed });
    const loss = ({ ids, lengths, targets }: SequenceBatch) => {
      const { previous, next } = shifted(targets);
      const logits = model.forward(ids, lengths, previous);
      return crossEntropy(logits.reshape([-1, french.length]), next.reshape([-1]), { ignoreIndex: PAD });
    };
    const optimizer = new Adam(model.parameters(), { learningRate: options.learningRate });
    const falling = linearLR({ startFactor: 1, endFactor: 0.02, totalIters: epochs * batches.length });
    const schedule = new LRScheduler(optimizer, falling);

    const translate = (sentences: readonly string[]): string[][] => {
      const { ids, lengths } = padded(sentences.map((sentence) => english.lookupIndices(words(sentence))));
      const written = model.greedyDecode(ids, lengths, { begin: BEGIN, end: END, maxLength: 20 });
      return written.map((row) => french.lookupTokens(row));
    };
    const bleuOfTest = () => corpusBleu(translate([...references.keys()]), [...references.values()]);
    for await (const event of fit(model, batches, {
      optimizer,
      epochs,
      loss,
      clipNorm: 1,
      schedule,
      scheduleEvery: "step",
    })) {
      if (event.type !== "epoch") continue;
      print(
        `epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}, BLEU ${bleuOfTest().score.toFixed(1)}`,
      );
    }

    const bleu = bleuOfTest();
    const precisions = bleu.precisions.map((p) => p.toFixed(1)).join("/");
    const penalty = bleu.brevityPenalty.toFixed(3);
    print(`\nBLEU ${bleu.score.toFixed(1)} (${precisions}, brevity penalty ${penalty})`);
    const samples = [...references.keys()].filter((_, i) => i % Math.ceil(references.size / 8) === 0);
    for (const [i, french] of translate(samples).entries()) {
      const people = references.get(samples[i]!)!.map((target) => target.join(" "));
      print(`\n${samples[i]}\n  network  ${french.join(" ")}\n  people   ${people.join(" | ")}`);
    }
    return { bleu, translate };
  },
});

/** The translations of each English sentence. */
function referencesOf(pairs: readonly { english: string; target: string[] }[]): Map<string, string[][]> {
  const references = new Map<string, string[][]>();
  for (const { english, target } of pairs) {
    references.set(english, [...(references.get(english) ?? []), target]);
  }
  return references;
}

/** Rows of ids as a tensor `[N, L]`. */
function padded(rows: readonly number[][]): { ids: Tensor; lengths: Int32Array } {
  const { data, shape, lengths } = padSequences(rows, { padIndex: PAD });
  return { ids: tensor(data).reshape(shape), lengths };
}

function vocabOf(sentences: readonly string[][], minFreq: number): Vocab {
  const vocab = buildVocabFromIterator(sentences, { minFreq, specials: SPECIALS });
  vocab.setDefaultIndex(UNKNOWN);
  return vocab;
}

/** The decoder is given `<begin> a b c` and has to say `a b c <end>`; columns of nothing but padding are cut off. */
function shifted(targets: Tensor): { previous: Tensor; next: Tensor } {
  const longest = targets.ne(PAD).any({ dim: 0 }).to("int32").sum().item();
  return { previous: targets.slice(null, [0, longest - 1]), next: targets.slice(null, [1, longest]) };
}
