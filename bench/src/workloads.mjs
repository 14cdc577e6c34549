/** What is measured: shapes, mathematics, and the unit of the result. */

/** Matrix products [m, k] @ [k, n]. */
export const gemmShapes = [
  ...[64, 128, 256, 512, 1024].map((size) => [size, size, size]),
  [400, 200, 10_000],
  [20, 200, 800],
];

/**
 * Models that are trained: embedding (with a `vocabulary`), recurrent layers, a linear layer over every step
 * (`crossEntropy`) or the last one, and an optimizer. `inputs` is the size of what the recurrent layer reads.
 */
export const models = {
  ptb_small_train: {
    cell: "lstm",
    vocabulary: 10_000,
    inputs: 200,
    hidden: 200,
    layers: 2,
    outputs: 10_000,
    batch: 20,
    steps: 20,
    loss: "crossEntropy",
    optimizer: "sgd",
    learningRate: 1,
    clipNorm: 5,
    carriesState: true,
    seeds: { inputs: 1000, targets: 2000 },
    unit: "tokens/s",
    perStep: 400,
  },
  imdb_train_lstm: imdb("lstm"),
  imdb_train_rnn: imdb("rnn"),
  timeseries_train: {
    cell: "lstm",
    inputs: 1,
    hidden: 32,
    outputs: 1,
    batch: 32,
    steps: 48,
    loss: "mse",
    optimizer: "adam",
    learningRate: 1e-3,
    seeds: { inputs: 4000, targets: 5000 },
    unit: "windows/s",
    perStep: 32,
  },
  tiny_train: {
    cell: "rnn",
    vocabulary: 8,
    inputs: 4,
    hidden: 3,
    outputs: 1,
    batch: 2,
    steps: 5,
    loss: "mse",
    optimizer: "sgd",
    learningRate: 0.1,
    seeds: { inputs: 6000, targets: 7000 },
    unit: "steps/s",
    perStep: 1,
  },
};

function imdb(cell) {
  return {
    cell,
    vocabulary: 20_000,
    inputs: 64,
    hidden: 64,
    outputs: 1,
    batch: 32,
    steps: 200,
    loss: "bceWithLogits",
    optimizer: "adam",
    learningRate: 1e-3,
    seeds: { inputs: 1100, targets: 3000 },
    unit: "reviews/s",
    perStep: 32,
  };
}

/** The layer that reads a stream, batch 1. */
export const stream = { cell: "lstm", inputs: 64, hidden: 128, steps: 100, seed: 8000 };

/** Size of the text that is split into tokens. */
export const textMegabytes = 10;

/** Workloads by number. */
export const numbered = {
  W1: ["gemm"],
  W2: ["ptb_small_train"],
  W3: ["imdb_train_lstm", "imdb_train_rnn"],
  W4: ["timeseries_train"],
  W5: ["tiny_train"],
  W6: ["infer_stream"],
  W7: ["tokenize"],
  W8: ["bundle_size"],
  W9: ["cold_start"],
};

/** All workloads in the order they run. */
export const allWorkloads = Object.values(numbered).flat();

/** The number of a workload: "W2" of "ptb_small_train". */
export const numberOf = (workload) =>
  Object.keys(numbered).find((number) => numbered[number].includes(workload));
