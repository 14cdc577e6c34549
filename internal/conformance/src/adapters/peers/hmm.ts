import { type PeerAdapter, peer } from "../../adapter.ts";
import { needClass } from "../../library.ts";

interface HmmCase {
  readonly start: number[];
  readonly transition: number[][];
  readonly emission: number[][];
  readonly observations: number[];
  /** Rows of `forward` and `backward` are probabilities; the `_normalised` ones add up to 1. */
  readonly expected: {
    readonly viterbi_path?: number[];
    readonly viterbi_probability?: number;
    readonly viterbi_log_probability?: number;
    readonly log_likelihood?: number;
    readonly forward?: number[][];
    readonly backward?: number[][];
    readonly forward_normalised?: number[][];
    readonly backward_normalised?: number[][];
    readonly posteriors?: number[][];
  };
}

/** A table `[L, S]`. */
interface Table {
  toArray(): unknown;
  exp(): Table;
}

interface Model {
  viterbi(observations: number[]): { path: ArrayLike<number>; logProbability: number };
  logLikelihood(observations: number[]): number;
  logForward(observations: number[]): Table;
  logBackward(observations: number[]): Table;
  filter(observations: number[]): Table;
  smooth(observations: number[]): Table;
}

/** kind `hmm`: the recursions of a discrete hidden Markov model. */
export const hmmCase: PeerAdapter = peer<HmmCase>((c, { judge }) => {
  const HiddenMarkovModel = needClass<new (options: object) => Model>("nn", "HiddenMarkovModel");
  const { start, transition, emission, observations, expected } = c;
  const model = new HiddenMarkovModel({ start, transition, emission });
  const rows = (table: Table): number[][] => table.toArray() as number[][];
  const best = model.viterbi(observations);
  const numbers = {
    viterbi_probability: () => Math.exp(best.logProbability),
    viterbi_log_probability: () => best.logProbability,
    log_likelihood: () => model.logLikelihood(observations),
  };
  const tables = {
    forward: () => rows(model.logForward(observations).exp()),
    backward: () => rows(model.logBackward(observations).exp()),
    forward_normalised: () => rows(model.filter(observations)),
    backward_normalised: () => rows(model.logBackward(observations).exp()).map(normalised),
    posteriors: () => rows(model.smooth(observations)),
  };
  if (expected.viterbi_path) judge.same("viterbi_path", Array.from(best.path), expected.viterbi_path);
  for (const [name, compute] of Object.entries(numbers)) {
    const want = expected[name as keyof typeof numbers];
    if (want !== undefined) judge.number(name, compute(), want);
  }
  for (const [name, compute] of Object.entries(tables)) {
    const want = expected[name as keyof typeof tables];
    if (want === undefined) continue;
    const got = compute();
    judge.same(`${name} row lengths`, got.map(lengthOf), want.map(lengthOf));
    want.forEach((row, t) => {
      row.forEach((value, i) => {
        judge.number(`${name}[${t}][${i}]`, got[t]?.[i] ?? Number.NaN, value);
      });
    });
  }
});

function lengthOf(row: readonly number[]): number {
  return row.length;
}

function normalised(row: readonly number[]): number[] {
  const sum = row.reduce((total, value) => total + value, 0);
  return row.map((value) => value / sum);
}
