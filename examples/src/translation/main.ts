import { crossEntropy } from "@rnn/nn";
import { manualSeed, type Tensor, tensor } from "@rnn/tensor";
import { buildVocabFromIterator, padSequences, type Vocab } from "@rnn/text";
import { Adam, fit, LRScheduler, linearLR, type SequenceBatch, sequenceBatches } from "@rnn/train";
import { groupSplit } from "@rnn/train/data";
import { corpusBleu } from "@rnn/train/metrics";
import { EncoderDecoder } from "../encoder-decoder.ts";
import { example } from "../example.ts";
import { table } from "../table.ts";
import { PAIRS, readPairs } from "../tatoeba.ts";
import { words } from "./words.ts";

const [PAD, UNKNOWN, BEGIN, END] = [0, 1, 2, 3];
const SPECIALS = ["<pad>", "<unk>", "<begin>", "<end>"];

export default example({
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
    embedding: "numbers that stand for a word",
    dropout: "share of the features left out while training",
    batch: "pairs per update",
    learningRate: "of Adam at first; it falls to 0 in a straight line",
    attention: "the decoder starts from the last states of the encoder and sees nothing else of it",
    minFreq: "how often a word has to occur to be known",
    seed: "of the split, the weights and the order",
    data: "file of lines English TAB French; without it, the one that comes with the examples",
  },
  async run(
    { epochs, hidden, embedding, dropout, batch, learningRate, attention, minFreq, seed, data },
    print,
  ) {
    const pairs = readPairs(data || PAIRS).map(({ english, french }) => ({
      english,
      source: words(english),
      target: words(french),
    }));
    // all translations of a sentence are in one part, so that no test sentence was seen
    const [train, test] = groupSplit(
      pairs.map(({ english }) => english),
      [0.9, 0.1],
      { seed },
    ).map((part) => Array.from(part, (i) => pairs[i]!)) as [typeof pairs, typeof pairs];
    const english = vocabOf(
      train.map(({ source }) => source),
      minFreq,
    );
    const french = vocabOf(
      train.map(({ target }) => target),
      minFreq,
    );
    print(
      `${train.length} pairs to learn from; ${english.length} English and ${french.length} French words occur ${minFreq} times or more`,
    );

    manualSeed(seed);
    const sizes = {
      sourceTokens: english.length,
      targetTokens: french.length,
      embeddingDim: embedding,
      hiddenSize: hidden,
    };
    const model = new EncoderDecoder({ ...sizes, dropout, attention });
    const sources = train.map(({ source }) => english.lookupIndices(source));
    const targets = padSequences(
      train.map(({ target }) => [BEGIN, ...french.lookupIndices(target), END]),
      { padIndex: PAD },
    );
    const batches = sequenceBatches(sources, tensor(targets.data).reshape(targets.shape), {
      batchSize: batch,
      seed,
    });
    const loss = ({ ids, lengths, targets }: SequenceBatch) => {
      const { previous, next } = shifted(targets);
      const logits = model.forward(ids, lengths, previous);
      return crossEntropy(logits.reshape([-1, french.length]), next.reshape([-1]), { ignoreIndex: PAD });
    };
    const optimizer = new Adam(model.parameters(), { learningRate });
    const schedule = new LRScheduler(
      optimizer,
      linearLR({ startFactor: 1, endFactor: 0.02, steps: epochs * batches.length }),
    );

    const translate = (sentences: readonly string[]) => {
      const block = padSequences(sentences.map((sentence) => english.lookupIndices(words(sentence))));
      const written = model.write(tensor(block.data).reshape(block.shape), block.lengths, {
        begin: BEGIN,
        end: END,
        maxLength: 20,
      });
      return written.map((ids) => french.lookupTokens(ids));
    };
    const references = new Map<string, string[][]>();
    for (const { english, target } of test)
      references.set(english, [...(references.get(english) ?? []), target]);
    const judge = () => corpusBleu(translate([...references.keys()]), [...references.values()]);
    for await (const event of fit(model, batches, {
      optimizer,
      schedule,
      scheduleEvery: "step",
      epochs,
      loss,
      clipNorm: 1,
    })) {
      if (event.type === "epoch")
        print(
          `epoch ${event.epoch}: loss ${event.trainLoss.toFixed(3)}, test BLEU ${judge().score.toFixed(1)}`,
        );
    }

    const bleu = judge();
    print(
      `\ntest: ${references.size} sentences with ${test.length} translations; BLEU ${bleu.score.toFixed(1)} (${bleu.precisions.map((p) => p.toFixed(1)).join("/")}, brevity penalty ${bleu.brevityPenalty.toFixed(3)})`,
    );
    const some = [...references.keys()].filter((_, i) => i % Math.ceil(references.size / 8) === 0);
    print(
      `\n${table(
        ["English", "network", "people"],
        translate(some).map((french, i) => [
          some[i]!,
          french.join(" "),
          references
            .get(some[i]!)!
            .map((target) => target.join(" "))
            .join(" | "),
        ]),
      )}`,
    );
    return { bleu, translate };
  },
});

function vocabOf(sentences: readonly string[][], minFreq: number): Vocab {
  const vocab = buildVocabFromIterator(sentences, { minFreq, specials: SPECIALS });
  vocab.setDefaultIndex(UNKNOWN!);
  return vocab;
}

/** The decoder is given `<begin> a b c` and has to say `a b c <end>`; columns of nothing but padding are cut off. */
function shifted(targets: Tensor): { previous: Tensor; next: Tensor } {
  const longest = targets.ne(PAD!).any({ dim: 0 }).to("int32").sum().item();
  return { previous: targets.slice(null, [0, longest - 1]), next: targets.slice(null, [1, longest]) };
}
