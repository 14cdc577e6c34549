import { Tensor } from "@rnn/tensor";
import { checkInteger, checkList, checkNumber, describe, type OptionNames, wrongKind } from "../check.ts";

/**
 * How the next token is chosen among all tokens, in the order in which it is applied.
 *
 * @public
 */
export interface TokenChoiceOptions {
  /** Tokens that are never chosen, such as the one for unknown words. Default none. */
  suppressTokens?: readonly number[] | undefined;
  /**
   * Divides the logits: below 1 likely tokens become more likely, above 1 less. 0 always takes the most likely token, of
   * equals the one with the lowest id. Default 1.
   */
  temperature?: number | undefined;
  /** Only this many of the most likely tokens can be chosen; among equals the lowest ids. Default all. */
  topK?: number | undefined;
  /**
   * Only the most likely tokens can be chosen, as few as together have at least this probability; above 0, at most 1.
   * Default 1: all.
   */
  topP?: number | undefined;
}

export const TOKEN_CHOICE: OptionNames<TokenChoiceOptions> = {
  suppressTokens: true,
  temperature: true,
  topK: true,
  topP: true,
};

/** Throws for options out of range. */
export function checkChoice(where: string, options: TokenChoiceOptions): void {
  const { suppressTokens = [], temperature = 1, topK = 1, topP = 1 } = options;
  checkNumber(where, "temperature", temperature, { min: 0 });
  checkInteger(where, "topK", topK, 1);
  if (!(typeof topP === "number" && topP > 0 && topP <= 1)) {
    throw new RangeError(`${where}: topP must be a number above 0, at most 1, got ${describe(topP)}`);
  }
  checkTokens(where, "suppressTokens", suppressTokens);
}

/** Throws unless `tokens` is a list of token ids. */
export function checkTokens(where: string, name: string, tokens: ArrayLike<number>): void {
  if (tokens instanceof Tensor) {
    throw wrongKind(where, name, "a list of token ids", tokens, "pass its toArray() if it is [L]");
  }
  checkList(where, name, tokens, "token ids");
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (Number.isSafeInteger(token) && token! >= 0) continue;
    throw new RangeError(
      `${where}: ${name}[${i}] must be a token id, an integer >= 0, got ${describe(token)}`,
    );
  }
}
