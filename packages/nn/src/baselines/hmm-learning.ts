import { type LogModel, logBackward, logForward, logLikelihood } from "./hmm-recursions.ts";

/** How often, given the observations, each thing is expected to have happened. */
export interface ExpectedCounts {
  /** Sequences that began in each state: `[S]`. */
  readonly start: Float64Array<ArrayBuffer>;
  /** Steps from state i to state j: `[S, S]`. */
  readonly transition: Float64Array<ArrayBuffer>;
  /** Symbol v seen in state i: `[S, V]`. */
  readonly emission: Float64Array<ArrayBuffer>;
}

/** The expectation step of Baum-Welch: counts over all sequences, and their log likelihood. */
export function expectedCounts(
  model: LogModel,
  sequences: readonly ArrayLike<number>[],
): { counts: ExpectedCounts; total: number } {
  const { states: S, symbols: V, transition, emission } = model;
  const counts = {
    start: new Float64Array(S),
    transition: new Float64Array(S * S),
    emission: new Float64Array(S * V),
  };
  let total = 0;
  for (const observations of sequences) {
    const alpha = logForward(model, observations);
    const beta = logBackward(model, observations);
    const likelihood = logLikelihood(alpha, S);
    total += likelihood;
    for (let t = 0; t < observations.length; t++) {
      for (let i = 0; i < S; i++) {
        const here = alpha[t * S + i]! - likelihood;
        const occupied = Math.exp(here + beta[t * S + i]!);
        if (t === 0) counts.start[i]! += occupied;
        counts.emission[i * V + observations[t]!]! += occupied;
        if (t + 1 === observations.length) continue;
        const next = observations[t + 1]!;
        for (let j = 0; j < S; j++) {
          const rest = emission[j * V + next]! + beta[(t + 1) * S + j]!;
          counts.transition[i * S + j]! += Math.exp(here + transition[i * S + j]! + rest);
        }
      }
    }
  }
  return { counts, total };
}

/**
 * The maximisation step: each row of counts, all of them larger by `smoothing`, as log probabilities, in place; a row
 * without counts stays as it was.
 */
export function setFromCounts(
  logs: Float64Array,
  counts: Float64Array,
  width: number,
  smoothing: number,
): void {
  for (let row = 0; row < counts.length; row += width) {
    let sum = 0;
    for (let i = row; i < row + width; i++) sum += counts[i]! + smoothing;
    if (sum === 0) continue;
    for (let i = row; i < row + width; i++) logs[i] = Math.log((counts[i]! + smoothing) / sum);
  }
}
