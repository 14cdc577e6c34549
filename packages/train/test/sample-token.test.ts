import { expectClose } from "@internal/testing";
import { variable } from "@rnn/nn";
import { Generator, randn, ShapeError, tensor } from "@rnn/tensor";
import {
  type SampleTokenOptions,
  sampleToken,
  type TokenChoiceOptions,
  tokenProbabilities,
} from "@rnn/train/generation";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const log = (...probabilities: number[]): number[] => probabilities.map(Math.log);
const tolerance = { rtol: 1e-14, atol: 0 };

/** Logits, options, and the probabilities computed by hand. */
const table: [string, number[], TokenChoiceOptions, number[]][] = [
  ["softmax", log(1, 2, 5), {}, [1 / 8, 2 / 8, 5 / 8]],
  ["a constant added to all logits changes nothing", [8, 8 + Math.log(3)], {}, [1 / 4, 3 / 4]],
  ["one token", [-7], {}, [1]],
  ["-Infinity has no chance", [0, -Infinity, 0], {}, [1 / 2, 0, 1 / 2]],
  ["temperature 1/2 squares", log(1, 2, 5), { temperature: 0.5 }, [1 / 30, 4 / 30, 25 / 30]],
  ["temperature 2 takes roots", log(1, 4, 25), { temperature: 2 }, [1 / 8, 2 / 8, 5 / 8]],
  ["temperature 0 takes the largest", [1, 3, 2], { temperature: 0 }, [0, 1, 0]],
  ["temperature 0 takes the first of equals", [1, 3, 3], { temperature: 0 }, [0, 1, 0]],
  ["a tiny temperature does not overflow", [1e300, 2e300, -1e300], { temperature: 1e-300 }, [0, 1, 0]],
  ["topK keeps the largest", log(1, 2, 5), { topK: 2 }, [0, 2 / 7, 5 / 7]],
  ["topK takes the first of equals", [0, 1, 1, 1], { topK: 2 }, [0, 1 / 2, 1 / 2, 0]],
  ["topK beyond the vocabulary keeps all", log(1, 2, 5), { topK: 9 }, [1 / 8, 2 / 8, 5 / 8]],
  ["topP keeps what is needed", log(1, 2, 5), { topP: 0.7 }, [0, 2 / 7, 5 / 7]],
  ["topP keeps one at least", log(1, 2, 5), { topP: 1e-9 }, [0, 0, 1]],
  ["topP 1 keeps all, however unlikely", [0, -700], { topP: 1 }, [1, Math.exp(-700)]],
  // shares of equal logits are exact, so these meet the limit exactly
  ["topP reached exactly is enough", [0, 0, 0, 0], { topP: 0.5 }, [1 / 2, 1 / 2, 0, 0]],
  ["topP a little more takes one more", [0, 0, 0, 0], { topP: 0.5 + 2 ** -53 }, [1 / 3, 1 / 3, 1 / 3, 0]],
  ["topP a little less takes no less", [0, 0, 0, 0], { topP: 0.5 - 2 ** -54 }, [1 / 2, 1 / 2, 0, 0]],
  ["topP of one share", [0, 0, 0, 0], { topP: 0.25 }, [1, 0, 0, 0]],
  [
    "topP just below all takes all of equals",
    [0, 0, 0, 0],
    { topP: 1 - 2 ** -53 },
    [1 / 4, 1 / 4, 1 / 4, 1 / 4],
  ],
  ["topP counts what the temperature made", log(1, 4, 25), { temperature: 2, topP: 0.7 }, [0, 2 / 7, 5 / 7]],
  ["topP counts what topK left", [0, 0, 0, 0], { topK: 2, topP: 0.5 }, [1, 0, 0, 0]],
  ["topK counts what is not suppressed", log(1, 2, 5), { suppressTokens: [2], topK: 1 }, [0, 1, 0]],
  ["suppressed tokens have no chance", log(1, 2, 5), { suppressTokens: [1] }, [1 / 6, 0, 5 / 6]],
];

describe("tokenProbabilities", () => {
  test.each(table)("%s", (_, logits, options, expected) => {
    const probabilities = tokenProbabilities(logits, options);
    expectClose(probabilities, expected, tolerance);
    expect([...probabilities].map((p) => p === 0)).toEqual(expected.map((p) => p === 0));
  });

  test("reads tensors and variables in any layout, and changes nothing in them", () => {
    const rows = tensor(
      [
        [0, 9],
        [Math.log(3), 9],
      ],
      { dtype: "float64" },
    );
    const column = rows.select(1, 0);
    const expected = [1 / 4, 3 / 4];
    for (const logits of [column, variable(column), Float32Array.of(0, Math.log(3))]) {
      const [a = 0, b = 0] = tokenProbabilities(logits, { topK: 2, topP: 1 });
      expect(a).toBeCloseTo(expected[0] ?? 0, 7);
      expect(b).toBeCloseTo(expected[1] ?? 0, 7);
    }
    expect(rows.toArray()).toEqual([
      [0, 9],
      [Math.log(3), 9],
    ]);
  });

  test("agrees with its definition by sorting, for any logits and options", () => {
    const logit = fc.oneof(fc.double({ min: -30, max: 30, noNaN: true }), fc.integer({ min: -2, max: 2 }));
    const options = fc.record({
      temperature: fc.double({ min: 0.05, max: 5, noNaN: true }),
      topK: fc.integer({ min: 1, max: 12 }),
      topP: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(logit, { minLength: 1, maxLength: 40 }), options, (logits, choice) => {
        const probabilities = tokenProbabilities(logits, choice);
        expectClose(probabilities, bySorting(logits, choice), { rtol: 1e-12, atol: 1e-300 });
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

/** The definition, with everything sorted; the cut of topP is left to float64 sums in the same order. */
function bySorting(
  logits: readonly number[],
  { temperature, topK, topP }: { temperature: number; topK: number; topP: number },
): number[] {
  const largest = Math.max(...logits);
  const weights = logits.map((x) => Math.exp((x - largest) / temperature));
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]! || a - b).slice(0, topK);
  const inOrder = topK < logits.length ? order : [...logits.keys()];
  const total = inOrder.reduce((sum, token) => sum + weights[token]!, 0);
  const kept = new Set<number>();
  let sum = 0;
  for (const token of order) {
    if (topP < 1 && kept.size > 0 && sum >= topP * total) break;
    kept.add(token);
    sum += weights[token]!;
  }
  return weights.map((weight, token) => (kept.has(token) ? weight / sum : 0));
}

describe("sampleToken", () => {
  const logits = log(1, 2, 5);

  test("takes the token in whose stretch of the line the random number falls", () => {
    const drawn = new Generator(11);
    const generator = new Generator(11);
    for (let i = 0; i < 200; i++) {
      const place = drawn.float64() * 8; // stretches 0..1, 1..3, 3..8
      expect(sampleToken(logits, { generator }).token).toBe(place < 1 ? 0 : place < 3 ? 1 : 2);
    }
    expect(generator.getState()).toEqual(drawn.getState());
  });

  test("where rounding leaves the number past the end, the last possible token is taken", () => {
    class PastTheEnd extends Generator {
      override float64(): number {
        return 1;
      }
    }
    expect(sampleToken([0, 0, Number.NEGATIVE_INFINITY], { generator: new PastTheEnd(0) }).token).toBe(1);
  });

  test("draws nothing at temperature 0", () => {
    const generator = new Generator(1);
    const before = generator.getState();
    expect(sampleToken(logits, { temperature: 0, generator })).toEqual({
      token: 2,
      logProbability: expect.closeTo(Math.log(5 / 8), 14),
    });
    expect(generator.getState()).toEqual(before);
  });

  test("tells the log-probability of the model, whatever the options", () => {
    const options: SampleTokenOptions[] = [
      { temperature: 0 },
      { topK: 1, temperature: 3 },
      { suppressTokens: [0, 1] },
    ];
    for (const choice of options) {
      expect(sampleToken(logits, { ...choice, seed: 1 }).logProbability).toBeCloseTo(Math.log(5 / 8), 14);
    }
    expect(sampleToken(logits, { suppressTokens: [2], topK: 1, seed: 1 }).logProbability).toBeCloseTo(
      Math.log(2 / 8),
      14,
    );
    expect(sampleToken([1e5, 0], { temperature: 0 }).logProbability).toBe(0);
    expect(sampleToken([1e5, 0], { suppressTokens: [0], seed: 1 }).logProbability).toBe(-1e5);
  });

  test("the same seed gives the same token, and seeds differ", () => {
    const flat = new Float64Array(1000);
    const draws = Array.from({ length: 20 }, (_, seed) => sampleToken(flat, { seed }).token);
    expect(draws).toEqual(Array.from({ length: 20 }, (_, seed) => sampleToken(flat, { seed }).token));
    expect(new Set(draws).size).toBeGreaterThan(15);
  });

  test.each([
    ["all", {}],
    ["temperature", { temperature: 0.7 }],
    ["topK", { topK: 5 }],
    ["topP", { topP: 0.8, temperature: 1.5 }],
  ] as [string, TokenChoiceOptions][])("frequencies agree with the probabilities: %s", (_, choice) => {
    const scores = randn([12], { generator: new Generator(3) });
    const generator = new Generator(4);
    const draws = 20_000;
    const counts = new Float64Array(12);
    for (let i = 0; i < draws; i++) counts[sampleToken(scores, { ...choice, generator }).token]! += 1;
    const expected = tokenProbabilities(scores, choice).map((p) => p * draws);
    expect(counts.filter((count, token) => count > 0 && expected[token] === 0)).toHaveLength(0);
    const chiSquare = counts.reduce(
      (sum, count, token) =>
        sum + (expected[token] === 0 ? 0 : (count - expected[token]!) ** 2 / expected[token]!),
      0,
    );
    expect(chiSquare).toBeLessThan(31.26); // 99.9 % of the chi-square distribution with 11 degrees of freedom
  });

  test("never leaves the topK tokens, whatever the logits", () => {
    const scores = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 8 }), fc.nat(1000), (values, topK, seed) => {
        const { token } = sampleToken(values, { topK, seed });
        const isBetter = (other: number, at: number) =>
          other > values[token]! || (other === values[token]! && at < token);
        expect(values.filter(isBetter).length).toBeLessThan(topK);
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe("what sampleToken refuses", () => {
  const bad =
    (options: unknown, logits: unknown = [1, 2, 3]) =>
    () =>
      sampleToken(logits as number[], options as SampleTokenOptions);

  test.each([
    [
      bad({ temperature: -1 }),
      new RangeError("sampleToken: temperature must be a finite number >= 0, got -1"),
    ],
    [
      bad({ temperature: Infinity }),
      new RangeError("sampleToken: temperature must be a finite number >= 0, got Infinity"),
    ],
    [bad({ topK: 0 }), new RangeError("sampleToken: topK must be an integer >= 1, got 0")],
    [bad({ topP: 0 }), new RangeError("sampleToken: topP must be a number above 0, at most 1, got 0")],
    [bad({ topP: 1.5 }), new RangeError("sampleToken: topP must be a number above 0, at most 1, got 1.5")],
    [
      bad({ topP: "0.5" }),
      new RangeError('sampleToken: topP must be a number above 0, at most 1, got "0.5"'),
    ],
    [
      bad({ suppressTokens: 3 }),
      new TypeError("sampleToken: suppressTokens must be a list of token ids, got 3"),
    ],
    [
      bad({ suppressTokens: [0, -1] }),
      new RangeError("sampleToken: suppressTokens[1] must be a token id, an integer >= 0, got -1"),
    ],
    [bad({ suppressTokens: [3] }), new RangeError("sampleToken: token 3 of suppressTokens is outside 0..2")],
    [
      bad({ top_k: 3 }),
      new TypeError(
        'sampleToken: unknown option "top_k" (did you mean "topK"?); options are suppressTokens, temperature, topK, topP, seed, generator',
      ),
    ],
    [
      bad({ seed: 1, generator: new Generator(1) }),
      new TypeError("sampleToken: got both seed and generator; pass one of them"),
    ],
    [
      bad({}, [0, Number.NaN]),
      new RangeError("sampleToken: the logit of token 1 is NaN; logits are numbers below Infinity"),
    ],
    [
      bad({}, [Infinity]),
      new RangeError("sampleToken: the logit of token 0 is Infinity; logits are numbers below Infinity"),
    ],
    [bad({}, []), new RangeError("sampleToken: there are no logits")],
    [
      bad({}, [-Infinity, -Infinity]),
      new RangeError(
        "sampleToken: none of the 2 tokens can be chosen: their logits are -Infinity, or they are suppressed",
      ),
    ],
    [
      bad({ suppressTokens: [0, 1, 2] }),
      new RangeError(
        "sampleToken: none of the 3 tokens can be chosen: their logits are -Infinity, or they are suppressed",
      ),
    ],
    [
      bad({}, tensor([[1, 2]])),
      new ShapeError("sampleToken: logits must have the shape [V], got [1,2]; choose for one row at a time"),
    ],
    [
      bad({}, "abc"),
      new TypeError('sampleToken: logits must be a list of numbers, or a tensor [V], got "abc"'),
    ],
    [
      () => tokenProbabilities([1], { seed: 1 } as TokenChoiceOptions),
      new TypeError(
        'tokenProbabilities: unknown option "seed"; options are suppressTokens, temperature, topK, topP',
      ),
    ],
  ])("%#", (call, error) => {
    expect(call).toThrow(error);
  });
});
