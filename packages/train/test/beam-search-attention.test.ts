import { AdditiveAttention, cat, Embedding, GRU, Linear, noGrad, type Variable } from "@rnn/nn";
import { manualSeed, ShapeError, type Tensor, tensor } from "@rnn/tensor";
import { beamSearch, generate } from "@rnn/train/generation";
import { describe, expect, test } from "vitest";

const VOCABULARY = 4;
const STOP = 3;
const HIDDEN = 6;
const int32 = (values: number[] | number[][]) => tensor(values, { dtype: "int32" });

interface Memory {
  /** `[N, S, HIDDEN]`. */
  readonly steps: Variable;
  readonly lengths: readonly number[];
  /** `[1, N, HIDDEN]`. */
  readonly h: Variable;
}

/** An encoder and a decoder that looks back at every step of the source. */
class Translator {
  readonly #embedding = new Embedding({ numEmbeddings: VOCABULARY, embeddingDim: 5 });
  readonly #encoder = new GRU({ inputSize: 5, hiddenSize: HIDDEN, batchFirst: true });
  readonly #decoder = new GRU({ inputSize: 5 + HIDDEN, hiddenSize: HIDDEN });
  readonly #attention = new AdditiveAttention({ querySize: HIDDEN, keySize: HIDDEN, hiddenSize: HIDDEN });
  readonly #head = new Linear({ inFeatures: 2 * HIDDEN, outFeatures: VOCABULARY });

  encode(source: number[][], lengths: number[]): Memory {
    const embedded = this.#embedding.forward(int32(source));
    const { output, state } = noGrad(() => this.#encoder.forward(embedded, { lengths }));
    return { steps: output.mul(4), lengths, h: state.h }; // what the steps say is to matter
  }

  decode(ids: Tensor, { steps, lengths }: Omit<Memory, "h">, h: Variable) {
    const query = h.squeeze(0);
    const seen = this.#attention.forward(query, steps, { lengths }).output;
    const x = cat([this.#embedding.forward(ids), seen], 1).unsqueeze(0);
    const read = this.#decoder.forward(x, { state: { h } });
    const output = this.#head.forward(cat([read.output.squeeze(0), seen], 1)).mul(5);
    return { output, state: { h: read.state.h } };
  }

  /** One step for as many beams as there are, all of one source. */
  stepOf({ steps, lengths, h }: Memory) {
    return (ids: Tensor, state = { h }) => {
      const all = { steps: steps.expand([ids.size, -1, -1]), lengths: Array(ids.size).fill(lengths[0]) };
      return this.decode(ids, all, state.h);
    };
  }
}

interface Text {
  readonly tokens: number[];
  readonly score: number;
}

/** All texts of at most `length` tokens that end with the stop token or are as long as that, by mean log-probability. */
function everyText(step: ReturnType<Translator["stepOf"]>, length: number): Text[] {
  const texts: Text[] = [];
  const extend = (tokens: number[], sum: number, state?: { h: Variable }): void => {
    const read = step(int32([tokens.at(-1) ?? 0]), state);
    const [logits] = read.output.value.toArray() as [number[]];
    const normalizer = Math.log(logits.reduce((all, logit) => all + Math.exp(logit), 0));
    logits.forEach((logit, token) => {
      const longer = [...tokens, token];
      const logProbability = sum + logit - normalizer;
      if (token !== STOP && longer.length < length) extend(longer, logProbability, read.state);
      else texts.push({ tokens: longer, score: logProbability / longer.length });
    });
  };
  extend([], 0);
  return texts.sort((a, b) => b.score - a.score);
}

const options = { prompt: [0], stopTokens: [STOP], maxNewTokens: 4 };
const SOURCES = [
  [1, 2, 0, 1, 2],
  [2, 2, 1, 0, 0],
  [0, 1, 1, 0, 0],
];
const LENGTHS = [5, 3, 2];

describe("a decoder with attention", () => {
  test.each([1, 2, 3])("as many beams as texts find what exhaustive search finds, seed %s", async (seed) => {
    manualSeed(seed);
    const translator = new Translator();
    const bests = new Set<string>();
    for (const [n, source] of SOURCES.entries()) {
      const step = translator.stepOf(translator.encode([source], [LENGTHS[n]!]));
      const all = everyText(step, options.maxNewTokens);
      const found = await beamSearch(step, { ...options, numBeams: all.length });
      const best = found.slice(0, 20).map(({ tokens }) => tokens);
      expect(best).toEqual(all.slice(0, 20).map(({ tokens }) => tokens));
      for (const [i, { score }] of found.entries()) expect(score).toBeCloseTo(all[i]!.score, 4);
      bests.add(String(best));
    }
    expect(bests.size).toBe(SOURCES.length); // the source matters
  });

  test.each([2, 3, 4, 5, 6])("%s beams score every text as it is scored alone", async (numBeams) => {
    manualSeed(4);
    const translator = new Translator();
    const step = translator.stepOf(translator.encode([SOURCES[0]!], [5]));
    const scores = new Map(
      everyText(step, options.maxNewTokens).map(({ tokens, score }) => [String(tokens), score]),
    );
    const found = await beamSearch(step, { ...options, numBeams });
    expect(found).toHaveLength(numBeams);
    for (const { tokens, score } of found) expect(score).toBeCloseTo(scores.get(String(tokens))!, 4);
  });

  test("a memory [S, N, size] may be part of the state, its rows chosen with the others", async () => {
    manualSeed(5);
    const translator = new Translator();
    const memory = translator.encode([SOURCES[0]!], [5]);
    const step = (ids: Tensor, state: { h: Variable; memory: Variable } | undefined) => {
      const { h, memory: seen } = state!;
      const read = translator.decode(
        ids,
        { steps: seen.transpose(0, 1), lengths: Array(ids.size).fill(5) },
        h,
      );
      return { output: read.output, state: { h: read.state.h, memory: seen } };
    };
    const state = { h: memory.h, memory: memory.steps.transpose(0, 1) };
    const found = await beamSearch(step, { ...options, state, numBeams: 4 });
    const closed = await beamSearch(translator.stepOf(memory), { ...options, numBeams: 4 });
    expect(found.map(({ tokens }) => tokens)).toEqual(closed.map(({ tokens }) => tokens));
  });

  test("a memory [N, S, size] in the state is refused, wherever it stands", async () => {
    manualSeed(5);
    const translator = new Translator();
    const { h, steps } = translator.encode([SOURCES[0]!], [5]);
    const advice =
      "the parts of a state are [..., N, size]; leave out what does not change, such as the output of an encoder, and let the " +
      "step function close over it";
    const step =
      (state: (h: Variable) => unknown) =>
      (ids: Tensor): { output: Variable; state: unknown } => {
        const read = translator.decode(ids, { steps, lengths: [5] }, h);
        return { output: read.output, state: state(read.state.h) };
      };
    const search = (state: (h: Variable) => unknown) =>
      beamSearch(
        step((h) => state(h)),
        { ...options, numBeams: 3 },
      );
    await expect(search((h) => ({ h, memory: steps }))).rejects.toThrow(
      new ShapeError(
        `beamSearch: state.h has shape [1,1,6], N = 1, but state.memory has shape [1,5,6], N = 5; ${advice}`,
      ),
    );
    await expect(search((h) => [steps.value, { h }])).rejects.toThrow(
      new ShapeError(
        `beamSearch: state[0] has shape [1,5,6], N = 5, but state[1].h has shape [1,1,6], N = 1; ${advice}`,
      ),
    );
    await expect(search(() => steps)).rejects.toThrow(
      new ShapeError(`beamSearch: after ids of N = 1 the state has N = 5; ${advice}`),
    );
  });

  test("a state that stops having as many rows as there are beams is refused", async () => {
    manualSeed(5);
    const translator = new Translator();
    const memory = translator.encode([SOURCES[0]!], [5]);
    const step = translator.stepOf(memory);
    const forgetful = (ids: Tensor, state?: { h: Variable }) => ({ ...step(ids, state), state: memory });
    await expect(beamSearch(forgetful, { ...options, numBeams: 2 })).rejects.toThrow(
      new ShapeError(
        "beamSearch: state.steps has shape [1,5,6], N = 5, but state.h has shape [1,1,6], N = 1; the parts of a state are " +
          "[..., N, size]; leave out what does not change, such as the output of an encoder, and let the step function close over it",
      ),
    );
    const forgetting = (ids: Tensor, state?: { h: Variable }) => ({
      ...step(ids, state),
      state: { h: memory.h },
    });
    await expect(beamSearch(forgetting, { ...options, numBeams: 2 })).rejects.toThrow(
      new ShapeError(
        "beamSearch: after ids of N = 2 the state has N = 1; the parts of a state are [..., N, size]; leave out what does not " +
          "change, such as the output of an encoder, and let the step function close over it",
      ),
    );
  });

  test("branches that each have a source of their own write what they would write alone", async () => {
    manualSeed(6);
    const translator = new Translator();
    const memory = translator.encode(SOURCES, LENGTHS);
    const step = (ids: Tensor, state = { h: memory.h }) => translator.decode(ids, memory, state.h);
    const texts: number[][] = [[], [], []];
    const together = { ...options, state: { h: memory.h }, branches: 3, temperature: 0 };
    for await (const { branch, token } of generate(step, together)) texts[branch]!.push(token);
    for (const [n, source] of SOURCES.entries()) {
      const own = translator.stepOf(translator.encode([source], [LENGTHS[n]!]));
      const [greedy] = await beamSearch(own, { ...options, numBeams: 1 });
      expect(texts[n]).toEqual(greedy!.tokens);
    }
  });

  test("branches that share one source read the prompt once", async () => {
    manualSeed(7);
    const translator = new Translator();
    const step = translator.stepOf(translator.encode([SOURCES[0]!], [5]));
    const asked: number[] = [];
    const counted = (ids: Tensor, state?: { h: Variable }) => {
      asked.push(ids.size);
      return step(ids, state);
    };
    const texts: number[][] = [[], []];
    const twice = { ...options, prompt: [0, 1], branches: 2, temperature: 0 };
    for await (const { branch, token } of generate(counted, twice)) texts[branch]!.push(token);
    const [greedy] = await beamSearch(step, { ...options, prompt: [0, 1], numBeams: 1 });
    expect(texts).toEqual([greedy!.tokens, greedy!.tokens]);
    expect(asked.slice(0, 3)).toEqual(texts[0]!.length > 1 ? [1, 1, 2] : [1, 1]);
  });
});
