import { Dropout, Embedding, Linear, LSTM, type LSTMState, Module, Streaming, type Variable } from "@rnn/nn";
import { Generator, indexSelect, manualSeed, type Tensor, tensor, zeros } from "@rnn/tensor";
import {
  type GeneratedToken,
  type GenerateOptions,
  generate,
  sampleToken,
  type TokenStream,
} from "@rnn/train/generation";
import { beforeEach, describe, expect, test } from "vitest";

const VOCABULARY = 7;

/** A language model, whose `batchFirst` says in which layout it takes its ids. */
class LanguageModel extends Module {
  readonly batchFirst: boolean;
  readonly embedding = this.child("embedding", new Embedding({ numEmbeddings: VOCABULARY, embeddingDim: 4 }));
  readonly dropout = this.child("dropout", new Dropout({ p: 0.5 }));
  readonly lstm: LSTM;
  readonly head = this.child("head", new Linear({ inFeatures: 5, outFeatures: VOCABULARY }));

  constructor(batchFirst = false) {
    super();
    this.batchFirst = batchFirst;
    this.lstm = this.child("lstm", new LSTM({ inputSize: 4, hiddenSize: 5, numLayers: 2, batchFirst }));
  }

  override forward(
    ids: Tensor,
    { state }: { state?: LSTMState | undefined } = {},
  ): { output: Variable; state: LSTMState } {
    const read = this.lstm.forward(this.dropout.forward(this.embedding.forward(ids)), { state });
    return { output: this.head.forward(read.output).mul(3), state: read.state };
  }
}

async function all(tokens: AsyncIterable<GeneratedToken>): Promise<GeneratedToken[]> {
  const list: GeneratedToken[] = [];
  for await (const token of tokens) list.push(token);
  return list;
}

/** The tokens of each branch. */
function textsOf(tokens: readonly GeneratedToken[], branches = 1): number[][] {
  const texts = Array.from({ length: branches }, (): number[] => []);
  for (const { branch, token } of tokens) texts[branch]!.push(token);
  return texts;
}

const ids = (...tokens: number[]): Tensor =>
  tensor(
    tokens.map((token) => [token]),
    { dtype: "int32" },
  );
const prompt = [3, 1, 4];
let model: LanguageModel;

beforeEach(() => {
  manualSeed(5);
  model = new LanguageModel();
});

/** What generating one text means: the whole text read anew for every token. */
function byDefinition(
  options: Partial<GenerateOptions<LSTMState>>,
  seed: number,
  count: number,
): GeneratedToken[] {
  const { temperature, topK, topP, state } = options;
  const generator = new Generator(seed);
  const text = [...prompt];
  const wasTraining = model.training;
  model.eval();
  const tokens = Array.from({ length: count }, () => {
    const logits = model
      .forward(ids(...text), { state })
      .output.value.select(0, -1)
      .select(0, 0);
    const sampled = sampleToken(logits, { temperature, topK, topP, generator });
    text.push(sampled.token);
    return { branch: 0, ...sampled };
  });
  model.train(wasTraining);
  return tokens;
}

function expectTokens(got: readonly GeneratedToken[], expected: readonly GeneratedToken[]): void {
  expect(got.map(({ token }) => token)).toEqual(expected.map(({ token }) => token));
  got.forEach(({ logProbability }, i) => {
    expect(logProbability).toBeCloseTo(expected[i]!.logProbability, 5);
  });
}

describe("generate", () => {
  test.each([
    ["plain", {}],
    ["limits", { temperature: 0.7, topK: 4, topP: 0.9 }],
    ["greedy", { temperature: 0 }],
  ])("draws every token from what the model says after the whole text: %s", async (_, options) => {
    const got = await all(generate(model, { prompt, maxNewTokens: 30, seed: 8, ...options }));
    expectTokens(got, byDefinition(options, 8, 30));
  });

  test("models, batch-first models, step functions and streams say the same", async () => {
    const batchFirst = new LanguageModel(true);
    batchFirst.loadStateDict(model.stateDict());
    const options = { prompt, maxNewTokens: 20, seed: 4, branches: 3 };
    const expected = await all(generate(model, options));
    expect(await all(generate(batchFirst, options))).toEqual(expected);
    model.eval();
    const step = (tokens: Tensor, state: LSTMState | undefined) => {
      const read = model.forward(tokens.unsqueeze(0), { state });
      return { output: read.output.squeeze(0), state: read.state };
    };
    expectTokens(await all(generate(step, options)), expected);
    expectTokens(await all(generate(new Streaming(model), options)), expected);
    expectTokens(await all(generate(new FastStream(model), options)), expected);
  });

  test("a model without a field batchFirst is told its layout by the option", async () => {
    const batchFirst = new LanguageModel(true);
    batchFirst.loadStateDict(model.stateDict());
    const bare = { forward: batchFirst.eval().forward.bind(batchFirst) };
    const options = { prompt, maxNewTokens: 9, seed: 4 };
    expect(await all(generate(bare, { ...options, batchFirst: true }))).toEqual(
      await all(generate(model, options)),
    );
  });

  test("branches are drawn in their order from one generator, and begin alike", async () => {
    const generator = new Generator(2);
    const got = await all(generate(model, { prompt, maxNewTokens: 1, branches: 4, generator }));
    const logits = model
      .eval()
      .forward(ids(...prompt))
      .output.value.select(0, -1)
      .select(0, 0);
    const again = new Generator(2);
    expectTokens(
      got,
      Array.from({ length: 4 }, (_, branch) => ({ branch, ...sampleToken(logits, { generator: again }) })),
    );
    expect(got.map(({ branch }) => branch)).toEqual([0, 1, 2, 3]);
    expect(generator.getState()).toEqual(again.getState());
  });

  test("every branch goes on from its own tokens", async () => {
    const branches = 5;
    const tokens = await all(generate(model, { prompt, maxNewTokens: 12, branches, seed: 1 }));
    for (const text of textsOf(tokens, branches)) {
      const output = model
        .eval()
        .forward(ids(...prompt, ...text))
        .output.value.select(1, 0)
        .logSoftmax(1);
      const branch = textsOf(tokens, branches).findIndex((other) => other.join() === text.join());
      const said = tokens.filter((token) => token.branch === branch);
      said.forEach(({ token, logProbability }, t) => {
        expect(logProbability).toBeCloseTo(
          output
            .select(0, prompt.length - 1 + t)
            .select(0, token)
            .item(),
          5,
        );
      });
    }
  });

  test("a branch ends with its own stop token, and the others go on", async () => {
    const options = { prompt, maxNewTokens: 200, branches: 4, stopTokens: [0, 6], seed: 3 };
    const texts = textsOf(await all(generate(model, options)), 4);
    expect(new Set(texts.map(({ length }) => length)).size).toBeGreaterThan(1);
    for (const text of texts) {
      expect([0, 6]).toContain(text.at(-1));
      expect(text.slice(0, -1).filter((token) => token === 0 || token === 6)).toEqual([]);
    }
  });

  test("state: where the text begins, for all branches or one row for each", async () => {
    const first = model.eval().forward(ids(2, 2, 5)).state;
    const options = { prompt, maxNewTokens: 6, temperature: 0 };
    expectTokens(
      await all(generate(model, { ...options, state: first })),
      byDefinition({ temperature: 0, state: first }, 0, 6),
    );
    const [alike, again] = textsOf(await all(generate(model, { ...options, state: first, branches: 2 })), 2);
    expect(alike).toEqual(again);
    const both = model.forward(tensor([[2, 6]], { dtype: "int32" })).state;
    const tokens = await all(generate(model, { ...options, state: both, branches: 2 }));
    for (const [branch, token] of [2, 6].entries()) {
      const { state } = model.forward(ids(token));
      const alone = await all(generate(model, { ...options, state }));
      expectTokens(
        tokens.filter((next) => next.branch === branch),
        alone,
      );
    }
  });

  test("a stream goes on from where it is, and has read everything but the last token", async () => {
    const stream = new Streaming<LSTMState, Tensor>(model.eval());
    stream.forward(ids(...prompt));
    const head = await all(generate(stream, { prompt: [2], maxNewTokens: 5, temperature: 0 }));
    const tail = await all(
      generate(stream, { prompt: [head.at(-1)!.token], maxNewTokens: 5, temperature: 0 }),
    );
    expectTokens(
      [...head, ...tail],
      await all(generate(model, { prompt: [...prompt, 2], maxNewTokens: 10, temperature: 0 })),
    );
  });

  test("dropout is off, and the model keeps its mode, also between two tokens", async () => {
    for (const mode of [true, false]) {
      model.train(mode);
      const texts: number[][] = [[], []];
      for (const text of texts) {
        for await (const { token } of generate(model, { prompt, maxNewTokens: 10, seed: 1 })) {
          expect(model.training).toBe(mode);
          text.push(token);
        }
      }
      expect(texts[0]).toEqual(texts[1]);
    }
  });

  test("suppressed tokens never come", async () => {
    const tokens = await all(
      generate(model, { prompt, maxNewTokens: 100, suppressTokens: [1, 2, 3], seed: 1 }),
    );
    expect(tokens.filter(({ token }) => [1, 2, 3].includes(token))).toEqual([]);
  });

  test("runs nothing before it is iterated, nor after the loop is left", async () => {
    let calls = 0;
    const step = () => {
      calls++;
      return { output: zeros([1, 3]), state: undefined };
    };
    const tokens = generate(step, { prompt: [0], maxNewTokens: 100, seed: 1 });
    expect(calls).toBe(0);
    for await (const _ of tokens) if (calls === 3) break;
    expect(calls).toBe(3);
  });

  test("lets the event loop have its turn, and throws the reason of its signal", async () => {
    const controller = new AbortController();
    const step = () => ({ output: zeros([1, 3]), state: undefined });
    const tokens = generate(step, {
      prompt: [0],
      maxNewTokens: 1e9,
      signal: controller.signal,
      yieldEvery: 1,
      seed: 0,
    });
    setTimeout(() => controller.abort(new Error("enough")), 10);
    await expect(all(tokens)).rejects.toThrow(new Error("enough"));
    const aborted = generate(step, { prompt: [0], maxNewTokens: 1, signal: { aborted: true } });
    await expect(all(aborted)).rejects.toThrow(new Error("generate: aborted"));
  });

  test("a table of a Markov chain is followed: frequencies of pairs by chi-square", async () => {
    const chain = [
      [0.5, 0.25, 0.25],
      [0.1, 0.8, 0.1],
      [0, 0.5, 0.5],
    ];
    const table = tensor(chain, { dtype: "float64" }).log();
    const step = (tokens: Tensor) => ({ output: indexSelect(table, 0, tokens), state: undefined });
    const tokens = await all(generate(step, { prompt: [0], maxNewTokens: 6000, seed: 12 }));
    const counts = chain.map((row) => row.map(() => 0));
    [0, ...tokens.map(({ token }) => token)].reduce((before, token) => {
      counts[before]![token]! += 1;
      return token;
    });
    expect(counts[2]![0]).toBe(0);
    counts.forEach((row, token) => {
      const total = row.reduce((a, b) => a + b);
      const chiSquare = row.reduce((sum, count, next) => {
        const expected = chain[token]![next]! * total;
        return expected === 0 ? sum : sum + (count - expected) ** 2 / expected;
      }, 0);
      expect(chiSquare).toBeLessThan(13.82); // 99.9 % with 2 degrees of freedom
    });
  });
});

/** The layers around a stream of the recurrent ones. */
class FastStream implements TokenStream<LSTMState> {
  readonly #model: LanguageModel;
  readonly #lstm: Streaming<LSTMState>;

  constructor(from: LanguageModel) {
    this.#model = from;
    this.#lstm = new Streaming<LSTMState>(from.lstm);
  }
  step(tokens: Tensor): Variable {
    return this.#model.head.forward(this.#lstm.step(this.#model.embedding.forward(tokens))).mul(3);
  }
  get state(): LSTMState | undefined {
    return this.#lstm.state;
  }
  set state(state: LSTMState | undefined) {
    this.#lstm.state = state;
  }
}
