import { mseLoss } from "@rnn/nn";
import { Generator, manualSeed, Tensor } from "@rnn/tensor";
import { Adam, fit } from "@rnn/train";
import { defineExample } from "../example.ts";
import { CELLS, type Cell, LastStepModel } from "../last-step-model.ts";
import { choicesOf, numbersOf, UsageError } from "../options.ts";
import { table } from "../table.ts";

/** Mean squared error of always answering 1, the mean: the variance of the sum of two numbers uniform in 0..1. */
const BASELINE = 2 / 12;
const UPDATES_PER_EVALUATION = 100;

interface Batch {
  readonly inputs: Tensor;
  readonly targets: Tensor;
}

/**
 * Sequences of T pairs: a random number in 0..1 and a mark, which is 1 for one step of each half and 0 elsewhere.
 * The target is the sum of the two marked numbers. Shapes `[T, N, 2]` and `[N, 1]`.
 */
export function drawSequences(T: number, N: number, generator: Generator): Batch {
  const inputs = new Float32Array(T * N * 2);
  for (let i = 0; i < inputs.length; i += 2) inputs[i] = generator.float32();
  const targets = new Float32Array(N);
  const half = Math.floor(T / 2);
  for (let n = 0; n < N; n++) {
    const first = Math.floor(generator.float64() * half);
    const second = half + Math.floor(generator.float64() * (T - half));
    for (const t of [first, second]) {
      const at = (t * N + n) * 2;
      inputs[at + 1] = 1;
      targets[n]! += inputs[at]!;
    }
  }
  return { inputs: new Tensor(inputs, [T, N, 2]), targets: new Tensor(targets, [N, 1]) };
}

const defaults = {
  lengths: "100,500,1000",
  cells: "lstm,rnn",
  hidden: 32,
  batch: 32,
  learningRate: 0.01,
  clipNorm: 1,
  maxUpdates: 3000,
  solved: 0.01,
  test: 1000,
  seed: 0,
};
type Settings = typeof defaults;

export default defineExample({
  about: "Adding two marked numbers of a long sequence: what LSTM was made for and a plain RNN cannot learn.",
  defaults,
  help: {
    lengths: "steps of the sequences, T",
    cells: "layers to compare: lstm, gru, rnn (tanh), relu",
    hidden: "hidden units",
    batch: "sequences per update, each drawn anew",
    learningRate: "of Adam",
    clipNorm: "largest norm of a gradient",
    maxUpdates: "an attempt is given up after this many updates, in multiples of 100",
    solved: "mean squared error on the test sequences that ends an attempt",
    test: "number of test sequences",
    seed: "of weights and sequences",
  },
  async run(options, print) {
    const lengths = numbersOf("lengths", options.lengths);
    if (lengths.some((T) => T < 2))
      throw new UsageError("--lengths: each half of a sequence needs a step to mark");
    print(`mean squared error of always answering 1: ${BASELINE.toFixed(4)}\n`);
    const attempts = [];
    for (const T of lengths) {
      for (const cell of choicesOf("cells", options.cells, CELLS)) {
        const attempt = await learnToAdd(cell, T, options, print);
        attempts.push({ T, cell, ...attempt });
      }
    }
    const rows = attempts.map(({ T, cell, steps, error, seconds }) => {
      const outcome = error < options.solved ? "solved" : "not solved";
      return [T, cell, outcome, steps, steps * options.batch, error.toFixed(4), seconds.toFixed(0)];
    });
    print(`\n${table(["T", "layer", "outcome", "updates", "sequences", "test MSE", "CPU s"], rows)}`);
    return attempts;
  },
});

/** Trains one network until its error on the test sequences, evaluated every hundred updates, is small enough. */
async function learnToAdd(
  cell: Cell,
  T: number,
  options: Settings,
  print: (text: string) => void,
): Promise<{ steps: number; error: number; seconds: number }> {
  const { hidden, batch, learningRate, clipNorm, maxUpdates, solved, test, seed } = options;
  const start = process.cpuUsage();
  manualSeed(seed);
  const model = new LastStepModel({ cell, inputSize: 2, hiddenSize: hidden, outFeatures: 1, memory: T });
  const generator = new Generator(seed + 1);
  const training = function* () {
    for (let i = 0; i < UPDATES_PER_EVALUATION; i++) yield drawSequences(T, batch, generator);
  };
  let steps = 0;
  let error = Number.NaN;
  for await (const event of fit(model, training, {
    optimizer: new Adam(model.parameters(), { learningRate }),
    epochs: Math.ceil(maxUpdates / UPDATES_PER_EVALUATION),
    loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
    clipNorm,
    validation: [drawSequences(T, test, new Generator(seed + 2))],
  })) {
    if (event.type === "step") steps = event.step;
    if (event.type !== "epoch") continue;
    error = event.validation!.loss;
    if (event.epoch % 10 === 0 || error < solved)
      print(`T ${T}, ${cell}, update ${steps}: MSE ${error.toFixed(4)}`);
    if (error < solved) break;
  }
  return { steps, error, seconds: process.cpuUsage(start).user / 1e6 };
}
