import { cat, type Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import {
  checkBoolean,
  checkFunction,
  checkInteger,
  checkObject,
  checkOptions,
  type OptionNames,
} from "./check.ts";
import { type LaneMask, maskOf, zeroLanes } from "./reset-state.ts";

/**
 * A recurrent network on one sequence (or one batch of sequences), described so that it can be run in pieces.
 *
 * Steps are counted from 0; a piece is `start` to `end` (excluded). Which dimension of the tensors is time is up to the
 * callbacks.
 *
 * @public
 */
export interface SequenceProblem<State> {
  /** Number of time steps L. */
  readonly length: number;
  /** State before step 0. Default: the network's own initial state; `forward` then gets `undefined`. */
  readonly state?: State | undefined;
  /** Runs the network over a piece, from the state before `start`. */
  readonly forward: (
    start: number,
    end: number,
    state: State | undefined,
  ) => { readonly output: Variable; readonly state: State };
  /**
   * The loss of the steps of a chunk, a scalar, from their output. Gradients of chunks are added up: let it sum over time
   * for the gradient of the sum; divide by `length` for that of the mean.
   */
  readonly loss: (output: Variable, start: number, end: number) => Variable;
  /**
   * Which lanes of the batch begin a new sequence at a step, if any: their state is zero before it, as by
   * {@link resetState}, and no gradient flows back over it. `forward` is called for the stretches between, and their
   * outputs are joined along time for `loss`.
   */
  readonly resets?: ((step: number) => LaneMask | null | undefined) | undefined;
  /** With `resets`: whether time is dimension 1 of the output. Default `false`: dimension 0. */
  readonly batchFirst?: boolean | undefined;
}

/** The names of the members of a {@link SequenceProblem}. */
export const PROBLEM: OptionNames<SequenceProblem<unknown>> = {
  length: true,
  state: true,
  forward: true,
  loss: true,
  resets: true,
  batchFirst: true,
};

/**
 * Throws for a problem that cannot be run: not an object, without its functions, without steps, or with members that are not
 * among `names`.
 */
export function checkProblem<State>(
  where: string,
  problem: SequenceProblem<State>,
  names: object = PROBLEM,
): void {
  checkObject(where, "problem", problem, "an object { length, forward, loss }");
  checkOptions(where, problem, names, names === PROBLEM ? "problem" : "options");
  checkInteger(where, "length", problem.length, 1);
  checkFunction(where, "forward", problem.forward);
  checkFunction(where, "loss", problem.loss);
  if (problem.resets !== undefined) checkFunction(where, "resets", problem.resets);
  checkBoolean(where, "batchFirst", problem.batchFirst ?? false);
}

/** Runs the network over a piece, resetting lanes where new sequences begin; throws unless it returns an output and a state. */
export function runPiece<State>(
  where: string,
  problem: SequenceProblem<State>,
  start: number,
  end: number,
  before: State | undefined,
): { readonly output: Variable; readonly state: State } {
  const { resets, batchFirst = false } = problem;
  const maskAt = (step: number) => (resets === undefined ? null : maskOf(where, resets(step)));
  const begins: [number, Tensor | null][] = [[start, maskAt(start)]];
  for (let t = start + 1; t < end && resets !== undefined; t++) {
    const mask = maskAt(t);
    if (mask !== null) begins.push([t, mask]);
  }
  let state = before;
  const outputs = begins.map(([from, mask], k) => {
    if (mask !== null && state !== undefined) state = zeroLanes(where, state, mask);
    const result = problem.forward(from, begins[k + 1]?.[0] ?? end, state);
    checkObject(where, "what forward returns", result, "{ output, state }");
    state = result.state;
    return result.output;
  });
  const output = outputs.length === 1 ? (outputs[0] as Variable) : cat(outputs, batchFirst ? 1 : 0);
  return { output, state: state as State };
}
