import type { Variable } from "@rnn/nn";
import { checkFunction, checkInteger, checkObject } from "./check.ts";

/**
 * A recurrent network on one sequence (or one batch of sequences), described so that it can be run in pieces.
 *
 * Steps are counted from 0; a piece is `start` to `end` (excluded). How time lies in the tensors is the callbacks'
 * own business.
 *
 * @public
 */
export interface SequenceProblem<State> {
  /** Number of time steps L. */
  readonly length: number;
  /** State before step 0; absent means the network's own initial state, which `forward` is then asked for with `undefined`. */
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
}

/** Throws for a problem that cannot be run: not an object, without its functions, or without steps. */
export function checkProblem<State>(where: string, problem: SequenceProblem<State>): void {
  checkObject(where, "problem", problem, "an object { length, forward, loss }");
  checkInteger(where, "length", problem.length, 1);
  checkFunction(where, "forward", problem.forward);
  checkFunction(where, "loss", problem.loss);
}

/** Runs the network over a piece; throws unless it returns an output and a state. */
export function runPiece<State>(
  where: string,
  problem: SequenceProblem<State>,
  start: number,
  end: number,
  before: State | undefined,
): { readonly output: Variable; readonly state: State } {
  const result = problem.forward(start, end, before);
  checkObject(where, "what forward returns", result, "{ output, state }");
  return result;
}
