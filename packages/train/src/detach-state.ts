import { mapState } from "./map-state.ts";

/**
 * Cuts a recurrent state off from the graph that computed it, so that it can be carried on: the one way in which
 * truncated backpropagation forgets.
 *
 * @remarks
 * A state may be a variable, what a layer returned, or arrays and plain objects of states: `{ h }`, `{ h, c }`, one
 * variable per layer, or your own. Variables are replaced by detached ones that share their data; anything else is passed on as it is.
 *
 * @param state - the state; it is not changed
 * @returns a state of the same form
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { detachState } from "@rnn/train";
 *
 * const weight = new Parameter(tensor([2]));
 * const state = { h: weight.mul(3), c: [weight.mul(4)] };
 * state.h.requiresGrad; // => true
 * detachState(state).h.requiresGrad; // => false
 * detachState(state).c.map(({ value }) => value.item()); // => [8]
 * ```
 *
 * @public
 */
export function detachState<State>(state: State): State {
  return mapState(state, (variable) => variable.detach());
}
