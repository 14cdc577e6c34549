import { checkInteger, checkLimit, type OptionNames } from "../check.ts";
import { checkSignal } from "../fit/check-fit.ts";
import type { AbortSignalLike } from "../fit/source.ts";
import { checkTokens } from "./token-choice.ts";

/**
 * What {@link generate} and {@link beamSearch} begin with and where they end.
 *
 * @public
 */
export interface ContinuationOptions<State> {
  /** Token ids to begin with, at least one: a text to continue, or the token that begins every text. */
  prompt: ArrayLike<number>;
  /** Largest number of tokens after the prompt, the stop token included. */
  maxNewTokens: number;
  /** The state before the prompt, such as what an encoder made of an input. Default: the model's own initial state. */
  state?: State | undefined;
  /** Tokens that end a text. They are part of it. Default none. */
  stopTokens?: readonly number[] | undefined;
  /** Whether a model takes ids `[N, L]`. Default: what its own field `batchFirst` says, else `false`. */
  batchFirst?: boolean | undefined;
  /** Stops the generation: its reason is thrown. */
  signal?: AbortSignalLike | undefined;
  /** Milliseconds of work after which the event loop gets a turn; `Infinity` for never. Default 12. */
  yieldEvery?: number | undefined;
}

export const CONTINUATION: OptionNames<ContinuationOptions<unknown>> = {
  prompt: true,
  maxNewTokens: true,
  state: true,
  stopTokens: true,
  batchFirst: true,
  signal: true,
  yieldEvery: true,
};

/** Throws for options out of range. */
export function checkContinuation(where: string, options: ContinuationOptions<unknown>): void {
  const { prompt, maxNewTokens, stopTokens = [], signal, yieldEvery } = options;
  checkTokens(where, "prompt", prompt);
  if (prompt.length === 0) {
    throw new RangeError(`${where}: prompt has no token; begin with the one that begins every text`);
  }
  checkInteger(where, "maxNewTokens", maxNewTokens, 1);
  checkTokens(where, "stopTokens", stopTokens);
  if (signal !== undefined) checkSignal(where, signal);
  if (yieldEvery !== undefined) checkLimit(where, "yieldEvery", yieldEvery);
}

/** Throws the reason of a signal that is aborted. */
export function throwIfAborted(where: string, signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw signal.reason ?? new Error(`${where}: aborted`);
}
