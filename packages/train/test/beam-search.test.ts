import { GRU, type GRUState, Linear, type Variable, variable } from "@rnn/nn";
import {
  Generator,
  indexSelect,
  manualSeed,
  oneHot,
  randn,
  ShapeError,
  type Tensor,
  tensor,
  zeros,
} from "@rnn/tensor";
import { type BeamSearchOptions, beamSearch, generate } from "@rnn/train/generation";
import { describe, expect, test } from "vitest";

const VOCABULARY = 4;
const STOP = 3;

/** A model whose logits depend on the whole text so far. */
function network(
  seed: number,
): (ids: Tensor, state: GRUState | undefined) => { output: Variable; state: GRUState } {
  manualSeed(seed);
  const gru = new GRU({ inputSize: VOCABULARY, hiddenSize: 6 });
  const head = new Linear({ inFeatures: 6, outFeatures: VOCABULARY });
  return (ids, state) => {
    const x = oneHot(ids, VOCABULARY).to("float32").unsqueeze(0);
    const read = gru.forward(x, { state });
    return { output: head.forward(read.output.squeeze(0)).mul(6), state: read.state };
  };
}

/** All texts of at most `length` tokens that end with the stop token or are as long as that, with their log-probabilities. */
function everyText(
  step: ReturnType<typeof network>,
  length: number,
): { tokens: number[]; logProbability: number }[] {
  const texts: { tokens: number[]; logProbability: number }[] = [];
  const extend = (tokens: number[], logProbability: number, state: GRUState | undefined): void => {
    const read = step(tensor([tokens.at(-1) ?? 0], { dtype: "int32" }), state);
    const logits = read.output.value.toArray() as number[][];
    const normalizer = Math.log(logits[0]!.reduce((sum, logit) => sum + Math.exp(logit), 0));
    logits[0]!.forEach((logit, token) => {
      const text = { tokens: [...tokens, token], logProbability: logProbability + logit - normalizer };
      if (token === STOP || text.tokens.length === length) texts.push(text);
      else extend(text.tokens, text.logProbability, read.state);
    });
  };
  extend([], 0, undefined);
  return texts;
}

const options = { prompt: [0], stopTokens: [STOP], maxNewTokens: 5 };

describe("beamSearch", () => {
  test.each([0, 0.7, 1, 2])(
    "with as many beams as texts finds the best of all, lengthPenalty %s",
    async (lengthPenalty) => {
      for (const seed of [1, 2, 3]) {
        const step = network(seed);
        const scored = everyText(step, options.maxNewTokens)
          .map((text) => ({ ...text, score: text.logProbability / text.tokens.length ** lengthPenalty }))
          .sort((a, b) => b.score - a.score);
        const found = await beamSearch(step, { ...options, numBeams: scored.length, lengthPenalty });
        expect(found.map(({ tokens }) => tokens).slice(0, 20)).toEqual(
          scored.map(({ tokens }) => tokens).slice(0, 20),
        );
        found.forEach(({ score, logProbability }, i) => {
          expect(score).toBeCloseTo(scored[i]!.score, 4);
          expect(logProbability).toBeCloseTo(scored[i]!.logProbability, 4);
        });
      }
    },
  );

  test("one beam is greedy", async () => {
    for (let seed = 0; seed < 10; seed++) {
      const step = network(seed);
      const greedy: number[] = [];
      let logProbability = 0;
      for await (const next of generate(step, { ...options, temperature: 0 })) {
        greedy.push(next.token);
        logProbability += next.logProbability;
      }
      const found = await beamSearch(step, { ...options, numBeams: 1 });
      expect(found.map(({ tokens }) => tokens)).toEqual([greedy]);
      expect(found[0]?.logProbability).toBeCloseTo(logProbability, 12);
    }
  });

  test("more beams find texts that are at least as likely, in most cases more", async () => {
    const logProbabilities = async (numBeams: number) => {
      const best = Array.from({ length: 12 }, async (_, seed) => {
        const found = await beamSearch(network(seed), {
          ...options,
          maxNewTokens: 9,
          numBeams,
          lengthPenalty: 0,
        });
        expect(found.length).toBeLessThanOrEqual(numBeams);
        expect(found.map(({ score }) => score)).toEqual(
          found.map(({ score }) => score).sort((a, b) => b - a),
        );
        return found[0]!.logProbability;
      });
      return (await Promise.all(best)).reduce((a, b) => a + b);
    };
    const [one, two, four] = [
      await logProbabilities(1),
      await logProbabilities(2),
      await logProbabilities(4),
    ];
    expect(two).toBeGreaterThan(one);
    expect(four).toBeGreaterThanOrEqual(two);
  });

  test("begins from a state, and leaves suppressed tokens out", async () => {
    const step = network(4);
    const { state } = step(tensor([2], { dtype: "int32" }), undefined);
    const [from] = await beamSearch(step, { ...options, state, numBeams: 3 });
    const [after] = await beamSearch(step, { ...options, prompt: [2, 0], numBeams: 3 });
    expect(from).toEqual(after);
    const found = await beamSearch(step, { ...options, numBeams: 3, suppressTokens: [from!.tokens[0]!] });
    expect(found.flatMap(({ tokens }) => tokens)).not.toContain(from!.tokens[0]);
  });

  test("a state of tensors is put in order as well", async () => {
    const step = network(4);
    const ofTensors = (ids: Tensor, state: { h: Tensor } | undefined) => {
      const read = step(ids, state && ({ h: variable(state.h) } as GRUState));
      return { output: read.output, state: { h: read.state.h.value } };
    };
    const found = await beamSearch(ofTensors, { ...options, numBeams: 3 });
    expect(found).toEqual(await beamSearch(step, { ...options, numBeams: 3 }));
  });

  test("texts that cannot be are not followed, and there may be fewer than beams", async () => {
    const table = tensor([
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]).log();
    const step = (ids: Tensor) => ({ output: indexSelect(table, 0, ids), state: undefined });
    const found = await beamSearch(step, { prompt: [0], stopTokens: [2], maxNewTokens: 5, numBeams: 3 });
    expect(found).toEqual([{ tokens: [1, 2], logProbability: 0, score: 0 }]);
  });

  test("as many are followed as are wanted, also where a stop token is among the most likely", async () => {
    const table = tensor([
      [0, 35, 25, 40],
      [50, 0, 50, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 1],
    ]).log();
    const step = (ids: Tensor) => ({ output: indexSelect(table, 0, ids), state: undefined });
    const found = await beamSearch(step, { ...options, numBeams: 2, lengthPenalty: 0 });
    expect(found.map(({ tokens }) => tokens)).toEqual([[3], [2, 3]]);
  });

  test("ends as soon as no beginning scores better than what is finished", async () => {
    let calls = 0;
    const step = (ids: Tensor) => {
      calls++;
      return { output: tensor(Array.from({ length: ids.size }, () => [0, 0, 0, 3])), state: undefined };
    };
    await beamSearch(step, { ...options, numBeams: 1, maxNewTokens: 50 });
    expect(calls).toBe(1);
    await beamSearch(step, { ...options, numBeams: 2, maxNewTokens: 50 });
    expect(calls).toBe(3);
  });

  test("equals stay in the order of beams and ids", async () => {
    const step = (ids: Tensor) => ({ output: zeros([ids.size, 3]), state: undefined });
    const found = await beamSearch(step, { prompt: [0], maxNewTokens: 2, numBeams: 4 });
    expect(found.map(({ tokens }) => tokens)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
    ]);
  });

  test("can be aborted", async () => {
    const step = (ids: Tensor) => ({
      output: randn([ids.size, 3], { generator: new Generator(1) }),
      state: undefined,
    });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("enough")), 10);
    const search = beamSearch(step, {
      prompt: [0],
      maxNewTokens: 1e6,
      numBeams: 2,
      signal: controller.signal,
      yieldEvery: 1,
    });
    await expect(search).rejects.toThrow(new Error("enough"));
  });
});

describe("what beamSearch refuses", () => {
  const step = (ids: Tensor) => ({ output: zeros([ids.size, 3]), state: undefined });
  const bad = (change: object) =>
    beamSearch(step, {
      prompt: [0],
      maxNewTokens: 3,
      numBeams: 2,
      ...change,
    } as BeamSearchOptions<undefined>);

  test.each([
    [{ numBeams: 0 }, new RangeError("beamSearch: numBeams must be an integer >= 1, got 0")],
    [
      { lengthPenalty: Number.NaN },
      new RangeError("beamSearch: lengthPenalty must be a finite number, got NaN"),
    ],
    [
      { prompt: [] },
      new RangeError("beamSearch: prompt has no token; begin with the one that begins every text"),
    ],
    [
      { temperature: 1 },
      new TypeError(
        'beamSearch: unknown option "temperature"; options are prompt, maxNewTokens, state, stopTokens, batchFirst, signal, yieldEvery, suppressTokens, numBeams, lengthPenalty',
      ),
    ],
    [
      { state: { h: network(0)(tensor([0, 1], { dtype: "int32" }), undefined).state.h } },
      new ShapeError("beamSearch: the state has 2 rows, expected 1; search for one text at a time"),
    ],
    [
      { suppressTokens: [0, 1, 2] },
      new RangeError(
        "beamSearch: none of the 3 tokens can be chosen: their logits are -Infinity, or they are suppressed",
      ),
    ],
  ])("%#", async (change, error) => {
    await expect(bad(change)).rejects.toThrow(error);
  });
});
