/** Log probabilities of a hidden Markov model with S states and V symbols. */
export interface LogModel {
  readonly states: number;
  readonly symbols: number;
  /** Of the first state: `[S]`. */
  readonly start: Float64Array;
  /** Of state j after state i: `[S, S]`. */
  readonly transition: Float64Array;
  /** Of symbol v in state i: `[S, V]`. */
  readonly emission: Float64Array;
}

/** `log P(x_1..x_t, state_t)`: `[L, S]`. */
export function logForward(model: LogModel, observations: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const { states: S, symbols: V, start, transition, emission } = model;
  const alpha = new Float64Array(observations.length * S);
  const terms = new Float64Array(S);
  for (let t = 0; t < observations.length; t++) {
    for (let j = 0; j < S; j++) {
      let arriving = start[j]!;
      if (t > 0) {
        for (let i = 0; i < S; i++) terms[i] = alpha[(t - 1) * S + i]! + transition[i * S + j]!;
        arriving = logSumExp(terms);
      }
      alpha[t * S + j] = arriving + emission[j * V + observations[t]!]!;
    }
  }
  return alpha;
}

/** `log P(x_{t+1}..x_L | state_t)`: `[L, S]`, zeros at the last step. */
export function logBackward(model: LogModel, observations: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const { states: S, symbols: V, transition, emission } = model;
  const beta = new Float64Array(observations.length * S);
  const terms = new Float64Array(S);
  for (let t = observations.length - 2; t >= 0; t--) {
    const next = observations[t + 1]!;
    for (let i = 0; i < S; i++) {
      for (let j = 0; j < S; j++) {
        terms[j] = transition[i * S + j]! + emission[j * V + next]! + beta[(t + 1) * S + j]!;
      }
      beta[t * S + i] = logSumExp(terms);
    }
  }
  return beta;
}

/** `log P(x_1..x_L)`: the sum of the last step of {@link logForward}. */
export function logLikelihood(alpha: Float64Array, states: number): number {
  return logSumExp(alpha.subarray(alpha.length - states));
}

/** The most likely path of states, the first of equally likely ones, and the log probability of path and observations. */
export function bestPath(
  model: LogModel,
  observations: ArrayLike<number>,
): { path: Int32Array<ArrayBuffer>; logProbability: number } {
  const { states: S, symbols: V, start, transition, emission } = model;
  const L = observations.length;
  /** Where the best path to each state comes from: `[L, S]`. */
  const from = new Int32Array(L * S);
  let best = new Float64Array(S);
  for (let t = 0; t < L; t++) {
    const next = new Float64Array(S);
    for (let j = 0; j < S; j++) {
      let most = t === 0 ? start[j]! : best[0]! + transition[j]!;
      for (let i = 1; t > 0 && i < S; i++) {
        const arriving = best[i]! + transition[i * S + j]!;
        if (arriving <= most) continue;
        most = arriving;
        from[t * S + j] = i;
      }
      next[j] = most + emission[j * V + observations[t]!]!;
    }
    best = next;
  }
  const path = new Int32Array(L);
  const logProbability = Math.max(...best);
  path[L - 1] = best.indexOf(logProbability);
  for (let t = L - 1; t > 0; t--) path[t - 1] = from[t * S + path[t]!]!;
  return { path, logProbability };
}

/** `log(sum(exp(terms)))` without overflow; `-Infinity` if all are. */
export function logSumExp(terms: Float64Array): number {
  let largest = -Infinity;
  for (let i = 0; i < terms.length; i++) if (terms[i]! > largest) largest = terms[i]!;
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (let i = 0; i < terms.length; i++) sum += Math.exp(terms[i]! - largest);
  return largest + Math.log(sum);
}
