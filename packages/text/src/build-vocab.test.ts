import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BuildVocabOptions, buildVocabFromCounts, buildVocabFromIterator } from "./build-vocab.ts";

async function* later<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

const corpus = [["b", "a", "c"], ["a", "b"], [], ["a"]];
const build = (options?: BuildVocabOptions) => buildVocabFromIterator(corpus, options).getItos();

describe("buildVocabFromIterator", () => {
  test("the most frequent token comes first, then equally frequent ones by code point", () => {
    expect(build()).toEqual(["a", "b", "c"]);
    const ties = [["\ufb01", "z", "\ud83d\ude00", "Z", "\ue000"]];
    expect(buildVocabFromIterator(ties).getItos()).toEqual(["Z", "z", "\ue000", "\ufb01", "\ud83d\ude00"]);
  });

  test("specials come first or last and are not counted twice", () => {
    expect(build({ specials: ["<unk>", "b"] })).toEqual(["<unk>", "b", "a", "c"]);
    expect(build({ specials: ["<unk>", "b"], specialFirst: false })).toEqual(["a", "c", "<unk>", "b"]);
  });

  test("minFreq leaves rare tokens out, specials never", () => {
    expect(build({ minFreq: 2 })).toEqual(["a", "b"]);
    expect(build({ minFreq: 4, specials: ["c"] })).toEqual(["c"]);
    expect(build({ minFreq: 0 })).toEqual(["a", "b", "c"]);
  });

  test("maxTokens counts specials and cuts before specials and rare tokens are taken out", () => {
    expect(build({ maxTokens: 2 })).toEqual(["a", "b"]);
    expect(build({ maxTokens: 3, specials: ["a"] })).toEqual(["a", "b"]);
    expect(build({ maxTokens: 3, minFreq: 3 })).toEqual(["a"]);
    expect(build({ maxTokens: 100 })).toEqual(["a", "b", "c"]);
  });

  test("takes any iterables, and has no default index", () => {
    function* items() {
      yield new Set(["x", "y"]);
      yield ["y"];
    }
    const vocab = buildVocabFromIterator(items());
    expect(vocab.getItos()).toEqual(["y", "x"]);
    expect(vocab.getDefaultIndex()).toBe(null);
    expect(buildVocabFromIterator([]).length).toBe(0);
  });

  test("an async iterable gives a promise of the same vocabulary", async () => {
    const token = fc.oneof(
      fc.constantFrom("a", "b", "c", "__proto__", "<unk>"),
      fc.string({ unit: "binary" }),
    );
    const options = fc.record(
      { minFreq: fc.nat(3), maxTokens: fc.integer({ min: 2, max: 9 }), specialFirst: fc.boolean() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(token)), options, async (lists, chosen) => {
        const all = { ...chosen, specials: ["<unk>"] };
        const vocab = await buildVocabFromIterator(later(lists), all);
        expect(vocab.getItos()).toEqual(buildVocabFromIterator(lists, all).getItos());
      }),
    );
  });
});

describe("buildVocabFromCounts", () => {
  test("keeps the order of the counts", () => {
    const counts = new Map([
      ["z", 1],
      ["a", 5],
      ["m", 3],
      ["<unk>", 9],
    ]);
    expect(buildVocabFromCounts(counts).getItos()).toEqual(["z", "a", "m", "<unk>"]);
    expect(buildVocabFromCounts(counts, { minFreq: 3, specials: ["<unk>"] }).getItos()).toEqual([
      "<unk>",
      "a",
      "m",
    ]);
    expect(buildVocabFromCounts([["b", 2]], { specials: ["s"], specialFirst: false }).getItos()).toEqual([
      "b",
      "s",
    ]);
  });
});

describe("errors", () => {
  const any = (value: unknown) => value as never;

  test.each<[() => unknown, Error]>([
    [
      () => buildVocabFromIterator(["not tokenized"]),
      new TypeError(
        'buildVocabFromIterator: item 0 must be a list of tokens, got "not tokenized"; tokenize it first, for example with basicEnglish',
      ),
    ],
    [
      () => buildVocabFromIterator([["a"], any(3)]),
      new TypeError("buildVocabFromIterator: item 1 must be a list of tokens, got 3"),
    ],
    [
      () => buildVocabFromIterator([["a"], ["b", any(3)]]),
      new TypeError("buildVocabFromIterator: a token of item 1 must be a string, got 3"),
    ],
    [
      () => buildVocabFromIterator("abc"),
      new TypeError('buildVocabFromIterator: expected an iterable of token lists, got "abc"'),
    ],
    [
      () => buildVocabFromIterator(any({})),
      new TypeError("buildVocabFromIterator: expected an iterable of token lists, got an object"),
    ],
    [
      () => build({ maxTokens: 2, specials: ["<unk>", "<pad>"] }),
      new RangeError("buildVocabFromIterator: maxTokens 2 leaves no room for tokens beside 2 specials"),
    ],
    [
      () => build({ maxTokens: 0 }),
      new RangeError("buildVocabFromIterator: maxTokens 0 leaves no room for tokens beside 0 specials"),
    ],
    [
      () => build({ maxTokens: 2.5 }),
      new RangeError("buildVocabFromIterator: maxTokens must be a non-negative integer, got 2.5"),
    ],
    [
      () => build({ minFreq: -1 }),
      new RangeError("buildVocabFromIterator: minFreq must be a non-negative integer, got -1"),
    ],
    [
      () => build({ specials: any("<unk>") }),
      new TypeError(
        'buildVocabFromIterator: specials must be a list of tokens, got "<unk>"; tokenize it first, for example with basicEnglish',
      ),
    ],
    [
      () => build({ specials: ["<unk>", "<unk>"] }),
      new RangeError('Vocab: token "<unk>" occurs twice, at 0 and 1'),
    ],
    [
      () => buildVocabFromCounts([["a", 1]], { minFreq: 1.5 }),
      new RangeError("buildVocabFromCounts: minFreq must be a non-negative integer, got 1.5"),
    ],
    [
      () =>
        buildVocabFromCounts([
          ["a", 1],
          ["a", 2],
        ]),
      new RangeError('Vocab: token "a" occurs twice, at 0 and 1'),
    ],
    [
      () => buildVocabFromCounts([[any(1), 1]]),
      new TypeError("buildVocabFromCounts: pair 0 must be [token, count], got [1, 1]"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });

  test("an async corpus rejects, it does not throw", async () => {
    const late = buildVocabFromIterator(later(["text"]), {});
    await expect(late).rejects.toThrow(
      new TypeError(
        'buildVocabFromIterator: item 0 must be a list of tokens, got "text"; tokenize it first, for example with basicEnglish',
      ),
    );
    await expect(buildVocabFromIterator(later(corpus), { minFreq: -1 })).rejects.toThrow(RangeError);
  });
});

test.each<[unknown, string]>([
  [undefined, "counts must be pairs of token and count, got undefined"],
  [{ a: 1 }, "counts must be pairs of token and count, got an object"],
  [["ab"], 'pair 0 must be [token, count], got "ab"'],
  [
    [
      ["a", 1],
      [2, "b"],
    ],
    'pair 1 must be [token, count], got [2, "b"]',
  ],
])("buildVocabFromCounts(%j) is refused", (counts, problem) => {
  expect(() => buildVocabFromCounts(counts as never)).toThrow(
    new TypeError(`buildVocabFromCounts: ${problem}`),
  );
});
