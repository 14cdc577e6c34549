import { logNormalizer } from "./logits.ts";
import type { SampledToken } from "./sample-token.ts";
import { TokenOrder } from "./token-order.ts";
import { largestOf, without } from "./token-weights.ts";

/** An unfinished text. */
export interface Beam {
  readonly tokens: readonly number[];
  readonly logProbability: number;
}

/**
 * A text that `beamSearch` found.
 *
 * @public
 */
export interface BeamHypothesis {
  /** Its tokens after the prompt; the last is a stop token, unless there was no room for one. */
  readonly tokens: readonly number[];
  /** Log-probability of these tokens after the prompt. */
  readonly logProbability: number;
  /** What it was compared by: log-probability / length^lengthPenalty. */
  readonly score: number;
}

/** The best finished texts, at most `size`. */
export class Finished {
  readonly #size: number;
  readonly #lengthPenalty: number;
  #best: BeamHypothesis[] = [];

  constructor(size: number, lengthPenalty: number) {
    this.#size = size;
    this.#lengthPenalty = lengthPenalty;
  }

  add({ tokens, logProbability }: Beam): void {
    this.#best.push({ tokens, logProbability, score: this.#score(tokens.length, logProbability) });
    this.#best.sort((a, b) => b.score - a.score); // equals stay in order
    this.#best.length = Math.min(this.#best.length, this.#size);
  }

  /** Whether there are as many as asked for, and an unfinished text scores no better than the worst of them. */
  areBetterThan({ tokens, logProbability }: Beam): boolean {
    const worst = this.#best[this.#size - 1];
    return worst !== undefined && this.#score(tokens.length, logProbability) <= worst.score;
  }

  /** From the best to the worst. */
  get hypotheses(): BeamHypothesis[] {
    return this.#best;
  }

  #score(length: number, logProbability: number): number {
    return logProbability / length ** this.#lengthPenalty;
  }
}

/** The `count` most likely tokens that are possible at all, from the most likely on. */
export function mostLikelyTokens(
  where: string,
  logits: Float64Array,
  suppressTokens: readonly number[],
  count: number,
): SampledToken[] {
  const scores = without(where, logits, suppressTokens);
  largestOf(where, scores); // throws
  const largest = largestOf(where, logits);
  const normalizer = logNormalizer(logits, largest);
  const order = new TokenOrder(scores);
  const tokens: SampledToken[] = [];
  for (let token = order.next(); token >= 0 && tokens.length < count; token = order.next()) {
    if (scores[token] === Number.NEGATIVE_INFINITY) break;
    tokens.push({ token, logProbability: logits[token]! - largest - normalizer });
  }
  return tokens;
}
