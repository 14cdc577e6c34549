import { crossEntropy } from "@rnn/nn";
import { Generator, manualSeed } from "@rnn/tensor";
import { Adam, exponentialLR, fit, LRScheduler } from "@rnn/train";
import { EncoderDecoder } from "../encoder-decoder.ts";
import { defineExample } from "../example.ts";
import { choicesOf, UsageError } from "../options.ts";
import { percent, table } from "../table.ts";
import { BEGIN, batchOf, draw, END, FIRST_SYMBOL, lengthBetween, type Task, tasks } from "./sequences.ts";

const BATCH = 64;
const UPDATES_PER_EVALUATION = 250;
/** What the learning rate is multiplied by at every evaluation. */
const DECAY = 0.92;

const defaults = {
  tasks: "copy,reverse",
  shortest: 4,
  longest: 10,
  symbols: 10,
  hidden: 128,
  learningRate: 0.003,
  maxUpdates: 15_000,
  test: 1000,
  seed: 0,
};
type Settings = typeof defaults;

export default defineExample({
  about: "Copying and reversing sequences, with and without attention (many-to-many, delayed).",
  defaults,
  help: {
    tasks: "copy, reverse or both",
    shortest: "symbols of the shortest sequences",
    longest: "symbols of the longest sequences",
    symbols: "number of different symbols",
    hidden: "units of the decoder, and of both directions of the encoder together",
    learningRate: "of Adam at first",
    maxUpdates: "an attempt is given up after this many updates, in multiples of 250",
    test: "sequences that are kept for the test and never trained on",
    seed: "of weights and sequences",
  },
  async run(options, print) {
    const { test, shortest, longest, symbols } = options;
    if (shortest > longest) throw new UsageError(`--longest ${longest} is less than --shortest ${shortest}`);
    if (test > symbols ** shortest / 2) {
      throw new UsageError(
        `--test ${test} would leave too few sequences of ${shortest} of ${symbols} symbols to learn from`,
      );
    }
    const generator = new Generator(options.seed);
    const heldOut = new Map<string, number[]>();
    while (heldOut.size < test) {
      const sequence = draw(lengthBetween(shortest, longest, generator), symbols, generator);
      heldOut.set(sequence.join(" "), sequence);
    }
    const results = [];
    for (const task of choicesOf("tasks", options.tasks, ["copy", "reverse"])) {
      for (const attention of [false, true]) {
        const result = await learn(task, attention, heldOut, options, print);
        results.push({ task, attention, ...result });
      }
    }
    const rows = results.map(({ task, attention, right, updates, seconds }) => {
      return [task, attention ? "yes" : "no", percent(right), updates, updates * BATCH, seconds.toFixed(0)];
    });
    print(`\n${table(["task", "attention", "exactly right", "updates", "sequences", "CPU s"], rows)}`);
    return results;
  },
});

/** Trains one network until it writes every held-out sequence without a mistake. */
async function learn(
  task: keyof typeof tasks,
  attention: boolean,
  heldOut: ReadonlyMap<string, number[]>,
  options: Settings,
  print: (text: string) => void,
): Promise<{ right: number; updates: number; seconds: number }> {
  const { shortest, longest, symbols, hidden, learningRate, maxUpdates, seed } = options;
  const start = process.cpuUsage();
  manualSeed(seed);
  const tokens = FIRST_SYMBOL + symbols;
  const sizes = { sourceTokens: tokens, targetTokens: tokens, embeddingDim: 32, hiddenSize: hidden };
  const model = new EncoderDecoder({ ...sizes, attention });
  const generator = new Generator(seed + 1);
  const training = function* () {
    for (let i = 0; i < UPDATES_PER_EVALUATION; i++) {
      const length = lengthBetween(shortest, longest, generator);
      const fresh: number[][] = [];
      while (fresh.length < BATCH) {
        const sequence = draw(length, symbols, generator);
        if (!heldOut.has(sequence.join(" "))) fresh.push(sequence);
      }
      yield batchOf(fresh, tasks[task]);
    }
  };
  let updates = 0;
  let right = 0;
  const optimizer = new Adam(model.parameters(), { learningRate });
  for await (const event of fit(model, training, {
    optimizer,
    schedule: new LRScheduler(optimizer, exponentialLR({ gamma: DECAY })),
    epochs: Math.ceil(maxUpdates / UPDATES_PER_EVALUATION),
    clipNorm: 1,
    loss({ source, lengths, previous, targets }) {
      const logits = model.forward(source, lengths, previous);
      return crossEntropy(logits.reshape([-1, tokens]), targets.reshape([-1]));
    },
  })) {
    if (event.type === "step") updates = event.step;
    if (event.type !== "epoch") continue;
    right = shareRight(model, [...heldOut.values()], tasks[task], longest);
    const attempt = `${task}, ${attention ? "with" : "without"} attention`;
    const loss = event.trainLoss.toFixed(4);
    print(`${attempt}, update ${updates}: loss ${loss}, exactly right ${percent(right)}`);
    if (right === 1) break;
  }
  return { right, updates, seconds: process.cpuUsage(start).user / 1e6 };
}

/** The share of sequences that the network writes without a mistake, stopping where it should. */
function shareRight(
  model: EncoderDecoder,
  sequences: readonly number[][],
  task: Task,
  longest: number,
): number {
  let right = 0;
  for (const length of new Set(sequences.map((sequence) => sequence.length))) {
    const alike = sequences.filter((sequence) => sequence.length === length);
    const { source, lengths } = batchOf(alike, task);
    const written = model.greedyDecode(source, lengths, { begin: BEGIN, end: END, maxLength: longest + 2 });
    right += written.filter((row, n) => row.join(" ") === task(alike[n]!).join(" ")).length;
  }
  return right / sequences.length;
}
