import { ShapeError, type Tensor } from "@rnn/tensor";
import { checkInteger, checkNumber, checkOptions, type OptionNames } from "../check.ts";
import { Pacer } from "../fit/pacer.ts";
import { type Beam, type BeamHypothesis, Finished, mostLikelyTokens } from "./beams.ts";
import { CONTINUATION, type ContinuationOptions, checkContinuation, throwIfAborted } from "./continuation.ts";
import { rowOf } from "./logits.ts";
import { checkTokens, type TokenChoiceOptions } from "./token-choice.ts";
import { TokenReader } from "./token-reader.ts";
import type { TokenSource } from "./token-source.ts";

/**
 * Options of {@link beamSearch}.
 *
 * @public
 */
export interface BeamSearchOptions<State>
  extends ContinuationOptions<State>,
    Pick<TokenChoiceOptions, "suppressTokens"> {
  /** Number of texts that are followed at the same time, and returned at most. 1 always takes the most likely token. */
  numBeams: number;
  /**
   * Texts are compared by log-probability / length^lengthPenalty: 0 prefers short ones, as probability itself does, more than 1
   * long ones. Default 1: the mean per token.
   */
  lengthPenalty?: number | undefined;
}

const BEAM_SEARCH: OptionNames<BeamSearchOptions<unknown>> = {
  ...CONTINUATION,
  suppressTokens: true,
  numBeams: true,
  lengthPenalty: true,
};

/**
 * Looks for the most likely text, such as a translation: follows the `numBeams` most likely beginnings, token by token.
 *
 * @remarks
 * Beginnings of the same length are compared by their probability, finished texts by `score`. The search ends when
 * `numBeams` texts are finished and the best beginning scores no better than the worst of them, or after
 * `maxNewTokens`; then those that have not come to a stop token count, too. Among equals, the one from the better
 * beginning and with the lower id goes first. Computed in float64; no random numbers are drawn.
 *
 * As one text splits into several, the rows of the state are repeated, chosen and put in a new order; so every part of it has the
 * form `[..., N, size]`. What does not change from step to step, such as the output of an encoder `[1, S, H]`, is not part of the
 * state: the step function closes over it and, as all beams belong to one input, expands it to the `ids.size` rows that it is
 * asked for. The second example translates that way.
 * Source: Sutskever, Vinyals & Le 2014.
 *
 * @param model - a model, a function that does one step, or a stream, as in {@link generate}
 * @returns at most `numBeams` texts, from the best to the worst
 * @throws TypeError for an argument or option of another kind, or an unknown option.
 * @throws RangeError for an option out of range, or logits of which none can be chosen.
 * @throws ShapeError if the model does not return logits of one vocabulary per row, `state` has several rows, or the parts of
 * a state do not have as many rows as tokens were read.
 * @throws the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { indexSelect, type Tensor, tensor } from "@rnn/tensor";
 * import { beamSearch } from "@rnn/train/generation";
 *
 * // token 0 begins, 4 ends; 1 looks better than 2 at first, but what comes after it is uncertain
 * const table = tensor([[0, 6, 4, 0, 0], [0, 0, 0, 5, 5], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1], [0, 0, 0, 0, 1]]).log();
 * const step = (ids: Tensor) => ({ output: indexSelect(table, 0, ids), state: undefined });
 * const options = { prompt: [0], stopTokens: [4], maxNewTokens: 4, lengthPenalty: 0 };
 * const [greedy] = await beamSearch(step, { ...options, numBeams: 1 });
 * greedy?.tokens; // probability 0.3 => [1, 3, 4]
 * const [best] = await beamSearch(step, { ...options, numBeams: 2 });
 * best?.tokens; // probability 0.4 => [2, 4]
 * ```
 *
 * @example
 * ```ts
 * import { dotProductAttention, Embedding, GRU, Linear, noGrad, type Variable } from "@rnn/nn";
 * import { type Tensor, tensor } from "@rnn/tensor";
 * import { beamSearch } from "@rnn/train/generation";
 *
 * const embedding = new Embedding({ numEmbeddings: 10, embeddingDim: 4 });
 * const encoder = new GRU({ inputSize: 4, hiddenSize: 8, batchFirst: true });
 * const decoder = new GRU({ inputSize: 4, hiddenSize: 8, batchFirst: true });
 * const head = new Linear({ inFeatures: 8, outFeatures: 10 });
 *
 * const source = tensor([[3, 1, 4, 1, 5]], { dtype: "int32" });
 * const { output: steps, state } = noGrad(() => encoder.forward(embedding.forward(source)));
 * steps.shape; // one sentence => [1, 5, 8]
 *
 * const step = (ids: Tensor, { h }: { h: Variable } = state) => {
 *   const read = decoder.forward(embedding.forward(ids.unsqueeze(1)), { state: { h } }); // [N, 1, 8]
 *   const memory = steps.expand([ids.size, -1, -1]); // the same sentence for each of N beams
 *   const seen = dotProductAttention(read.output.squeeze(1), memory, memory); // [N, 8]
 *   return { output: head.forward(seen.output), state: read.state };
 * };
 * const texts = await beamSearch(step, { prompt: [0], stopTokens: [9], maxNewTokens: 6, numBeams: 4 });
 * texts.length; // => 4
 * ```
 *
 * @public
 */
export async function beamSearch<State>(
  model: TokenSource<State>,
  options: BeamSearchOptions<State>,
): Promise<BeamHypothesis[]> {
  const where = "beamSearch";
  checkOptions(where, options, BEAM_SEARCH);
  checkContinuation(where, options);
  const { prompt, maxNewTokens, numBeams, lengthPenalty = 1, suppressTokens = [] } = options;
  const { stopTokens = [], signal, yieldEvery = 12 } = options;
  checkInteger(where, "numBeams", numBeams, 1);
  checkNumber(where, "lengthPenalty", lengthPenalty);
  checkTokens(where, "suppressTokens", suppressTokens);
  const reader = new TokenReader(where, model, options);
  const { rows } = reader;
  if (rows !== null && rows !== 1) {
    throw new ShapeError(`${where}: the state has ${rows} rows, expected 1; search for one text at a time`);
  }
  const pacer = new Pacer(yieldEvery);
  const finished = new Finished(numBeams, lengthPenalty);
  let beams: Beam[] = [{ tokens: [], logProbability: 0 }];
  throwIfAborted(where, signal);
  let logits: Tensor = reader.prompt(prompt, 1);
  for (let length = 1; ; length++) {
    const isLast = length === maxNewTokens;
    // enough of each that numBeams are left to follow even if all stop tokens are among them
    const count = numBeams + stopTokens.length;
    const candidates = beams.flatMap((beam, row) =>
      mostLikelyTokens(where, rowOf(logits, row), suppressTokens, count).map(({ token, logProbability }) => ({
        row,
        token,
        tokens: [...beam.tokens, token],
        logProbability: beam.logProbability + logProbability,
      })),
    );
    candidates.sort((a, b) => b.logProbability - a.logProbability); // equals stay in order
    const followed: typeof candidates = [];
    for (const candidate of candidates) {
      if (followed.length === numBeams) break;
      if (isLast || stopTokens.includes(candidate.token)) finished.add(candidate);
      else followed.push(candidate);
    }
    beams = followed;
    if (followed[0] === undefined || finished.areBetterThan(followed[0])) return finished.hypotheses;
    await pacer.breathe();
    throwIfAborted(where, signal);
    reader.select(followed.map(({ row }) => row));
    logits = reader.step(Int32Array.from(followed, ({ token }) => token));
  }
}
