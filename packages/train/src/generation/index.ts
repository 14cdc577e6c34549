/**
 * Generates text with a language model, token by token: sampling and beam search.
 *
 * @packageDocumentation
 */

export { type BeamSearchOptions, beamSearch } from "./beam-search.ts";
export type { BeamHypothesis } from "./beams.ts";
export type { ContinuationOptions } from "./continuation.ts";
export {
  type GeneratedToken,
  type GenerateOptions,
  generate,
} from "./generate.ts";
export {
  type SampledToken,
  type SampleTokenOptions,
  sampleToken,
  tokenProbabilities,
} from "./sample-token.ts";
export type { TokenChoiceOptions } from "./token-choice.ts";
export type { TokenSource, TokenStep, TokenStream } from "./token-source.ts";
