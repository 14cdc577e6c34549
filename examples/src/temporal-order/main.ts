import { crossEntropy } from "@rnn/nn";
import { Generator, manualSeed } from "@rnn/tensor";
import { Adam, accuracy, fit } from "@rnn/train";
import { defineExample } from "../example.ts";
import { CELLS, type Cell, LastStepModel } from "../last-step-model.ts";
import { choicesOf, numbersOf } from "../options.ts";
import { percent, table } from "../table.ts";
import { drawTemporalOrder, LETTERS, ORDERS, type TemporalOrderBatch } from "./sequences.ts";

const UPDATES_PER_EVALUATION = 50;

const defaults = {
  lengths: "50,100,200",
  cells: "rnn,gru,lstm",
  runs: 5,
  hidden: 32,
  batch: 32,
  learningRate: 0.01,
  clipNorm: 1,
  maxUpdates: 1500,
  test: 500,
  seed: 0,
};
type Settings = typeof defaults;

export default defineExample({
  about:
    "In which order two letters came in a long sequence of noise: how far back different layers can look.",
  defaults,
  help: {
    lengths: "steps of the sequences",
    cells: "layers to compare: rnn (tanh), relu, gru, lstm",
    runs: "networks of each kind, from one seed after the other",
    hidden: "hidden units",
    batch: "sequences per update, each drawn anew",
    learningRate: "of Adam",
    clipNorm: "largest norm of a gradient",
    maxUpdates: "an attempt is given up after this many updates, in multiples of 50",
    test: "number of test sequences; solved is with 99 % of them right",
    seed: "of the weights and sequences of the first run",
  },
  async run(options, print) {
    const { runs, seed } = options;
    const results = [];
    for (const T of numbersOf("lengths", options.lengths)) {
      for (const cell of choicesOf("cells", options.cells, CELLS)) {
        const start = process.cpuUsage();
        const attempts = [];
        for (let run = 0; run < runs; run++)
          attempts.push(await learnTheOrder(cell, T, { ...options, seed: seed + run }));
        const seconds = process.cpuUsage(start).user / 1e6;
        results.push({ T, cell, attempts, seconds });
        const reached = attempts.map(({ right, updates }) => `${percent(right)} after ${updates} updates`);
        print(`T ${T}, ${cell}: ${reached.join("; ")}`);
      }
    }
    const rows = results.map(({ T, cell, attempts, seconds }) => {
      const solved = attempts.filter(({ right }) => right >= 0.99);
      const updates = solved.reduce((sum, attempt) => sum + attempt.updates, 0) / solved.length;
      const sequences = solved.length === 0 ? "" : Math.round(updates * options.batch);
      return [T, cell, `${solved.length}/${runs}`, sequences, seconds.toFixed(0)];
    });
    print(`\n${table(["T", "layer", "solved", "mean sequences to solve", "CPU s"], rows)}`);
    return results;
  },
});

/** Trains one network until it is right about 99 % of the test sequences; chance is 25 %. */
async function learnTheOrder(
  cell: Cell,
  T: number,
  options: Settings,
): Promise<{ right: number; updates: number }> {
  const { hidden, batch, learningRate, clipNorm, maxUpdates, test, seed } = options;
  manualSeed(seed);
  const model = new LastStepModel({
    cell,
    inputSize: LETTERS,
    hiddenSize: hidden,
    outFeatures: ORDERS,
    memory: T,
  });
  const generator = new Generator(seed + 1000);
  const training = function* () {
    for (let i = 0; i < UPDATES_PER_EVALUATION; i++) yield drawTemporalOrder(T, batch, generator);
  };
  let updates = 0;
  let right = 0;
  for await (const event of fit(model, training, {
    optimizer: new Adam(model.parameters(), { learningRate }),
    epochs: Math.ceil(maxUpdates / UPDATES_PER_EVALUATION),
    clipNorm,
    loss({ inputs, targets }: TemporalOrderBatch) {
      const output = model.forward(inputs);
      return { loss: crossEntropy(output, targets), output, targets };
    },
    validation: [drawTemporalOrder(T, test, new Generator(seed + 2000))],
    metrics: { accuracy },
  })) {
    if (event.type !== "epoch") continue;
    updates = event.epoch * UPDATES_PER_EVALUATION;
    right = event.validation!.metrics.accuracy;
    if (right >= 0.99) break;
  }
  return { right, updates };
}
