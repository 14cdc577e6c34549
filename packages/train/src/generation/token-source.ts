import type { Streamable, Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";

/**
 * One step of a model that predicts the next token, with its state made explicit.
 *
 * @param ids - the token of each row, int32 `[N]`
 * @param state - the state that the step before returned; at the first step that of the options, or `undefined`
 * @returns the logits `[N, V]` of the token after these, and the state to continue with
 *
 * @public
 */
export type TokenStep<State> = (
  ids: Tensor,
  state: State | undefined,
) => { readonly output: Variable | Tensor; readonly state: State };

/**
 * A stream that reads tokens and keeps the state itself: a {@link @rnn/nn#Streaming}, or an object of your own around one, which
 * keeps the weights of its layers ready from step to step.
 *
 * @public
 */
export interface TokenStream<State> {
  /** Reads the token of each row, int32 `[N]`; returns the logits `[N, V]` of the token after them. */
  step(ids: Tensor): Variable | Tensor;
  /** The state after what was read, and from which the next step starts; `undefined` for the initial one. */
  state: State | undefined;
}

/**
 * What can generate tokens: a model whose `forward(ids, { state })` returns `{ output, state }` with logits
 * `[L, N, V]` for ids `[L, N]`, a function that does one step, or a stream.
 *
 * @remarks
 * A state is a variable or tensor `[..., N, size]`, or arrays and objects of these, all with the same N: where there are several
 * branches or beams, rows of its second dimension from the end are repeated and chosen. Anything else in it (numbers, `null`) is
 * handed on as it is. What does not change from step to step, such as the output of an encoder, stays outside: the step function
 * closes over it.
 *
 * @public
 */
export type TokenSource<State> = Streamable<Tensor, State> | TokenStep<State> | TokenStream<State>;
