import type { Variable } from "@rnn/nn";
import type { Generator, Tensor } from "@rnn/tensor";
import { checkOptions, type OptionNames } from "../check.ts";
import { generatorOf, RANDOM_SOURCE, type RandomSource } from "../random-source.ts";
import { logitsOf, logNormalizer } from "./logits.ts";
import { checkChoice, TOKEN_CHOICE, type TokenChoiceOptions } from "./token-choice.ts";
import { largestOf, type TokenWeights, tokenWeights } from "./token-weights.ts";

/**
 * Options of {@link sampleToken}: how to choose, and where the random numbers come from.
 *
 * @public
 */
export interface SampleTokenOptions extends TokenChoiceOptions, RandomSource {}

export const SAMPLE_TOKEN: OptionNames<SampleTokenOptions> = { ...TOKEN_CHOICE, ...RANDOM_SOURCE };

/**
 * A token that was chosen.
 *
 * @public
 */
export interface SampledToken {
  /** Its id. */
  readonly token: number;
  /** Its log-probability for the model itself: log softmax(logits)[token], whatever the temperature and the limits. */
  readonly logProbability: number;
}

/**
 * Chooses the next token by its logits.
 *
 * The probabilities are those of {@link tokenProbabilities}; computed in float64. One random number is drawn, none if the
 * temperature is 0.
 *
 * @param logits - scores of the tokens before softmax, `[V]`
 * @throws TypeError if the logits are no list of numbers, or for an unknown option.
 * @throws RangeError for an option out of range, a logit that is NaN or Infinity, or if no token can be chosen.
 * @throws ShapeError if a tensor of logits has not one dimension.
 *
 * @example
 * ```ts
 * import { Generator, tensor } from "@rnn/tensor";
 * import { sampleToken } from "@rnn/train/generation";
 *
 * const logits = tensor([1, 3, 2, -5]);
 * sampleToken(logits, { temperature: 0 }).token; // => 1
 * const generator = new Generator(0);
 * Array.from({ length: 8 }, () => sampleToken(logits, { topK: 2, generator }).token); // => [2, 1, 1, 2, 1, 2, 1, 1]
 * ```
 *
 * @public
 */
export function sampleToken(
  logits: Variable | Tensor | ArrayLike<number>,
  options: SampleTokenOptions = {},
): SampledToken {
  const where = "sampleToken";
  checkOptions(where, options, SAMPLE_TOKEN);
  checkChoice(where, options);
  return drawToken(where, logitsOf(where, logits), options, generatorOf(where, options));
}

/**
 * The probability with which {@link sampleToken} chooses each token.
 *
 * softmax(logits / temperature), zero outside the `topK` most likely tokens and outside the fewest of these that together
 * have the probability `topP`, and scaled to the sum 1.
 *
 * @param logits - scores of the tokens before softmax, `[V]`
 * @returns one probability per token
 * @throws TypeError if the logits are no list of numbers, or for an unknown option.
 * @throws RangeError for an option out of range, a logit that is NaN or Infinity, or if no token can be chosen.
 * @throws ShapeError if a tensor of logits has not one dimension.
 *
 * @example
 * ```ts
 * import { tokenProbabilities } from "@rnn/train/generation";
 *
 * const logits = [0.4, 0.3, 0.2, 0.1].map(Math.log);
 * tokenProbabilities(logits, { topK: 3 }); // 4/9, 3/9, 2/9 => [0.4444444, 0.3333333, 0.2222222, 0]
 * tokenProbabilities(logits, { topP: 0.6 }); // 0.4 is too little => [0.5714286, 0.4285714, 0, 0]
 * tokenProbabilities(logits, { temperature: 0.5 }); // as the squares, 16 : 9 : 4 : 1 => [0.5333333, 0.3, 0.1333333, 0.0333333]
 * ```
 *
 * @public
 */
export function tokenProbabilities(
  logits: Variable | Tensor | ArrayLike<number>,
  options: TokenChoiceOptions = {},
): Float64Array {
  const where = "tokenProbabilities";
  checkOptions(where, options, TOKEN_CHOICE);
  checkChoice(where, options);
  const { weights, total } = tokenWeights(where, logitsOf(where, logits), options);
  return weights.map((weight) => weight / total);
}

/** Chooses a token by options that were checked. */
export function drawToken(
  where: string,
  logits: Float64Array,
  options: TokenChoiceOptions,
  generator: Generator,
): SampledToken {
  const drawn = tokenWeights(where, logits, options);
  const token = options.temperature === 0 ? drawn.weights.indexOf(1) : drawFrom(drawn, generator);
  const largest = largestOf(where, logits);
  return { token, logProbability: logits[token]! - largest - logNormalizer(logits, largest) };
}

/** The first token, in the order of ids, at which the cumulative weight exceeds a random share of the total. */
function drawFrom({ weights, total }: TokenWeights, generator: Generator): number {
  const place = generator.float64() * total;
  let end = 0;
  let last = 0;
  for (let token = 0; token < weights.length; token++) {
    if (weights[token] === 0) continue;
    last = token;
    end += weights[token]!;
    if (place < end) break;
  }
  return last; // also where rounding left the sum below the total
}
