import type { TokenChoiceOptions } from "./token-choice.ts";
import { TokenOrder } from "./token-order.ts";

/** Weights of tokens: each is drawn with the probability weight / total. */
export interface TokenWeights {
  readonly weights: Float64Array;
  readonly total: number;
}

/** The weights that the options make of logits, 0 for tokens that cannot be drawn. */
export function tokenWeights(
  where: string,
  logits: Float64Array,
  { suppressTokens = [], temperature = 1, topK = logits.length, topP = 1 }: TokenChoiceOptions,
): TokenWeights {
  const scores = without(where, logits, suppressTokens);
  const largest = largestOf(where, scores);
  const weights = new Float64Array(scores.length);
  if (temperature === 0) {
    weights[scores.indexOf(largest)] = 1;
    return { weights, total: 1 };
  }
  let total = 0;
  for (let i = 0; i < scores.length; i++) {
    // the difference first: a logit divided by a small temperature may be infinite
    weights[i] = Math.exp((scores[i]! - largest) / temperature);
    total += weights[i]!;
  }
  return topK >= scores.length && topP === 1
    ? { weights, total }
    : mostLikely(scores, { weights, total }, topK, topP);
}

/** The `topK` most likely tokens, and of these as few as have the share `topP` of their weight. */
function mostLikely(scores: Float64Array, all: TokenWeights, topK: number, topP: number): TokenWeights {
  const order = new TokenOrder(scores);
  const isAll = topK >= scores.length;
  const first = isAll ? null : Array.from({ length: topK }, () => order.next());
  const limit = topP * (first?.reduce((sum, token) => sum + all.weights[token]!, 0) ?? all.total);
  const weights = new Float64Array(scores.length);
  let total = 0;
  for (let i = 0; i < topK && (i === 0 || topP === 1 || total < limit); i++) {
    const token = first === null ? order.next() : first[i]!;
    if (token < 0) break;
    weights[token] = all.weights[token]!;
    total += weights[token]!;
  }
  return { weights, total };
}

/** The logits, with -Infinity for some tokens. */
export function without(where: string, logits: Float64Array, tokens: readonly number[]): Float64Array {
  if (tokens.length === 0) return logits;
  const scores = logits.slice();
  for (const token of tokens) {
    if (token >= scores.length) {
      throw new RangeError(`${where}: token ${token} of suppressTokens is outside 0..${scores.length - 1}`);
    }
    scores[token] = Number.NEGATIVE_INFINITY;
  }
  return scores;
}

/** The largest score; throws if a score is NaN or infinite, or there is no token to choose. */
export function largestOf(where: string, scores: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (!(score < Number.POSITIVE_INFINITY)) {
      throw new RangeError(
        `${where}: the logit of token ${i} is ${score}; logits are numbers below Infinity`,
      );
    }
    if (score > largest) largest = score;
  }
  if (largest > Number.NEGATIVE_INFINITY) return largest;
  const size = scores.length;
  throw new RangeError(
    size === 0
      ? `${where}: there are no logits`
      : `${where}: none of the ${size} tokens can be chosen: their logits are -Infinity, or they are suppressed`,
  );
}
