import { numberOf } from "./workloads.mjs";

/** The first five losses from the common weights and data, as jax-js 0.1.25 gives them (two biases, float32). */
const expectedLosses = {
  ptb_small_train: [9.209968, 9.212721, 9.209187, 9.210292, 9.206368],
  imdb_train_lstm: [0.6935724, 0.6937845, 0.693826, 0.6933002, 0.6913418],
  imdb_train_rnn: [0.6889582, 0.7132456, 0.7025086, 0.70932, 0.6807464],
  timeseries_train: [0.2077442, 0.3890389, 0.300097, 0.3272247, 0.2068256],
  tiny_train: [0.5456688, 0.1380709, 0.5750846, 0.592972, 0.6322484],
};

/** The loss before the first update, from the common weights and data, may differ by rounding only. */
const FIRST = 1e-4;
/** Four updates later rounding has gone through a whole training step each time. */
const FIFTH = 1e-3;

/**
 * What is wrong with the first losses of a run, or `null`.
 *
 * @param losses - the first five, from the common weights
 * @param options - `oneBias`: a model with one bias per gate moves it half as far, so only the loss before the first update compares
 */
export function lossFault(workload, losses, { oneBias = false } = {}) {
  const expected = expectedLosses[workload];
  for (const [i, tolerance] of oneBias
    ? [[0, FIRST]]
    : [
        [0, FIRST],
        [4, FIFTH],
      ]) {
    const difference = Math.abs(losses[i] - expected[i]) / Math.abs(expected[i]);
    if (!(difference <= tolerance)) {
      return `${numberOf(workload)} ${workload}: loss ${i + 1} is ${losses[i]}, expected ${expected[i]}`;
    }
  }
  return null;
}

/** Sum of the last hidden state of W6, as onnxruntime-node 1.30.0 gives it; 128 terms of rounding may differ. */
const CHECKSUM = 0.0869027;

/** What is wrong with the checksum of a sequence, or `null`. */
export function checksumFault(checksum) {
  if (Math.abs(checksum - CHECKSUM) <= 1e-5) return null;
  return `W6 infer_stream: the last hidden state adds up to ${checksum}, expected ${CHECKSUM}`;
}
