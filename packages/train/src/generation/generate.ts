import { ShapeError } from "@rnn/tensor";
import { checkInteger, checkOptions, type OptionNames } from "../check.ts";
import { Pacer } from "../fit/pacer.ts";
import { generatorOf } from "../random-source.ts";
import { CONTINUATION, type ContinuationOptions, checkContinuation, throwIfAborted } from "./continuation.ts";
import { rowOf } from "./logits.ts";
import { drawToken, SAMPLE_TOKEN, type SampledToken, type SampleTokenOptions } from "./sample-token.ts";
import { checkChoice } from "./token-choice.ts";
import { TokenReader } from "./token-reader.ts";
import type { TokenSource } from "./token-source.ts";

/**
 * Options of {@link generate}.
 *
 * @public
 */
export interface GenerateOptions<State> extends ContinuationOptions<State>, SampleTokenOptions {
  /** Number of texts to generate side by side, as one batch. Default 1. */
  branches?: number | undefined;
}

/**
 * One token that {@link generate} generated.
 *
 * @public
 */
export interface GeneratedToken extends SampledToken {
  /** Which of the texts it belongs to, from 0. */
  readonly branch: number;
}

const GENERATE: OptionNames<GenerateOptions<unknown>> = { ...CONTINUATION, ...SAMPLE_TOKEN, branches: true };

/**
 * Generates text, token by token: each is drawn from what the model predicts, then read by the model to predict the next.
 *
 * P(x_1 .. x_T) = Π P(x_t | x_1 .. x_(t-1)), one factor at a time.
 *
 * @remarks
 * An async iterator: nothing runs until it is iterated, and leaving the loop ends it. Each step yields one token per branch,
 * in their order; a branch has ended when it has yielded a stop token. All branches draw from one generator.
 *
 * A model reads the prompt at once, in evaluation mode, and is left in the mode it was in; the state starts from `state`. A
 * `state` of several rows belongs to as many branches, row by row; otherwise all branches begin alike. A stream such as
 * {@link @rnn/nn#Streaming} continues from where it is, and afterwards has read everything but the last tokens.
 * The fastest is a stream around the recurrent layers alone, see the second example.
 *
 * @param model - a model, a function that does one step, or a stream
 * @throws TypeError for an argument or option of another kind, or an unknown option.
 * @throws RangeError for an option out of range, or logits of which none can be chosen.
 * @throws ShapeError if the model does not return logits of one vocabulary per row, or the rows of `state` are neither one
 * nor as many as branches.
 * @throws the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { indexSelect, type Tensor, tensor } from "@rnn/tensor";
 * import { generate } from "@rnn/train/generation";
 *
 * // after token i comes i + 1, or, once in four times, 0 again
 * const table = tensor([[1, 3, 0, 0], [1, 0, 3, 0], [1, 0, 0, 3], [1, 0, 0, 0]]).log();
 * const step = (ids: Tensor) => ({ output: indexSelect(table, 0, ids), state: undefined });
 * const texts: number[][] = [[], [], []];
 * const tokens = generate(step, { prompt: [0], maxNewTokens: 8, stopTokens: [3], branches: 3, seed: 2 });
 * for await (const { branch, token } of tokens) texts[branch]?.push(token);
 * texts; // => [[1, 2, 0, 1, 2, 3], [0, 1, 2, 0, 1, 2, 3], [1, 2, 3]]
 * ```
 *
 * @example
 * ```ts
 * import { Embedding, GRU, Linear, Module, noGrad, Streaming, type Variable } from "@rnn/nn";
 * import type { Tensor } from "@rnn/tensor";
 * import { generate, type TokenStream } from "@rnn/train/generation";
 *
 * class CharacterModel extends Module {
 *   embedding = this.child("embedding", new Embedding({ numEmbeddings: 30, embeddingDim: 8 }));
 *   gru = this.child("gru", new GRU({ inputSize: 8, hiddenSize: 16 }));
 *   head = this.child("head", new Linear({ inFeatures: 16, outFeatures: 30 }));
 *
 *   override forward(ids: Tensor): Variable {
 *     return this.head.forward(this.gru.forward(this.embedding.forward(ids)).output);
 *   }
 * }
 *
 * type GRUState = ReturnType<GRU["forward"]>["state"];
 * class CharacterStream implements TokenStream<GRUState> {
 *   #model = new CharacterModel().eval();
 *   #gru = new Streaming<GRUState>(this.#model.gru);
 *
 *   step(ids: Tensor): Variable {
 *     return this.#model.head.forward(this.#gru.step(this.#model.embedding.forward(ids)));
 *   }
 *   get state() {
 *     return this.#gru.state;
 *   }
 *   set state(state) {
 *     this.#gru.state = state;
 *   }
 * }
 * let count = 0;
 * for await (const _ of generate(new CharacterStream(), { prompt: [5, 6], maxNewTokens: 20, temperature: 0.8 })) count++;
 * count; // => 20
 * ```
 *
 * @public
 */
export function generate<State>(
  model: TokenSource<State>,
  options: GenerateOptions<State>,
): AsyncGenerator<GeneratedToken, void, undefined> {
  const where = "generate";
  checkOptions(where, options, GENERATE);
  checkContinuation(where, options);
  checkChoice(where, options);
  checkInteger(where, "branches", options.branches ?? 1, 1);
  generatorOf(where, options); // throws
  return tokens(where, new TokenReader(where, model, options), options);
}

async function* tokens<State>(
  where: string,
  reader: TokenReader<State>,
  options: GenerateOptions<State>,
): AsyncGenerator<GeneratedToken, void, undefined> {
  const { prompt, maxNewTokens, stopTokens = [], branches = 1, signal, yieldEvery = 12 } = options;
  const generator = generatorOf(where, options);
  const pacer = new Pacer(yieldEvery);
  const rows = reader.rows ?? 1;
  if (rows !== 1 && rows !== branches) {
    throw new ShapeError(
      `${where}: the state has ${rows} rows, expected 1 or one for each of ${branches} branches`,
    );
  }
  let live = Array.from({ length: branches }, (_, branch) => branch);
  throwIfAborted(where, signal);
  let logits = reader.prompt(prompt, rows);
  if (rows < branches) {
    reader.select(live.map(() => 0));
    logits = logits.expand([branches, -1]);
  }
  for (let step = 0; ; ) {
    const next = new Int32Array(branches);
    for (const branch of live) {
      const { token, logProbability } = drawToken(where, rowOf(logits, branch), options, generator);
      next[branch] = token;
      yield { branch, token, logProbability };
    }
    // branches that have ended stay in the batch: what the model knows about its rows may lie outside the state
    live = live.filter((branch) => !stopTokens.includes(next[branch]!));
    if (live.length === 0 || ++step === maxNewTokens) return;
    await pacer.breathe();
    throwIfAborted(where, signal);
    logits = reader.step(next);
  }
}
