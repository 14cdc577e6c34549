import type { Variable } from "@rnn/nn";
import { checkInteger } from "./check.ts";

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

/** Refuses a sequence without steps. */
export function checkLength(where: string, length: number): void {
  checkInteger(where, "length", length, 1);
}
