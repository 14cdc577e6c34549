import { expect, test } from "vitest";
import { checkOptions } from "./check-options.ts";
import * as text from "./index.ts";

const { BytePairEncoding, CountVectorizer, TfidfTransformer, TfidfVectorizer, Vocab } = text;
const vocab = new Vocab(["a"], { defaultIndex: 0 });

/** Every public door that takes options, called with these; and the options it knows. */
const doors: Record<string, readonly [options: string, call: (options: never) => unknown]> = {
  addToken: ["begin", (options) => text.addToken("a", options)],
  truncate: ["truncationSide", (options) => text.truncate(1, options)],
  padTransform: ["paddingSide", (options) => text.padTransform(1, 0, options)],
  toTypedArray: ["padIndex", (options) => text.toTypedArray(options)],
  labelToIndex: ["sortNames", (options) => text.labelToIndex(["a"], options)],
  regexTokenizer: ["gaps", (options) => text.regexTokenizer(/a/, options)],
  padSequences: [
    "padIndex, maxLength, paddingSide, truncationSide",
    (options) => text.padSequences([], options),
  ],
  vectorize: [
    "tokenizer, padToken, padIndex, paddingSide, truncationSide",
    (options) => text.vectorize("a", vocab, 1, options),
  ],
  Vocab: ["defaultIndex", (options) => new Vocab([], options)],
  buildVocabFromCounts: [
    "minFreq, specials, specialFirst",
    (options) => text.buildVocabFromCounts([], options),
  ],
  buildVocabFromIterator: [
    "minFreq, specials, specialFirst, maxTokens",
    (options) => text.buildVocabFromIterator([], options),
  ],
  BytePairEncoding: ["specials", (options) => new BytePairEncoding([], options)],
  trainBytePairEncoding: [
    "vocabSize, minFrequency, specials",
    (options) => text.trainBytePairEncoding([], options),
  ],
  lines: ["encoding, fatal", (options) => text.lines("a", options).next()],
  jsonLines: ["encoding, fatal", (options) => text.jsonLines("1", options).next()],
  readWordVectors: ["dimension, fillMissing", (options) => text.readWordVectors(["a 1"], vocab, options)],
  CountVectorizer: [
    "analyzer, tokenizer, tokenPattern, lowercase, stopWords, ngramRange, minDf, maxDf, maxFeatures, binary, vocab",
    (options) => new CountVectorizer(options),
  ],
  TfidfTransformer: ["norm, useIdf, smoothIdf, sublinearTf, idf", (options) => new TfidfTransformer(options)],
  TfidfVectorizer: [
    "analyzer, tokenizer, tokenPattern, lowercase, stopWords, ngramRange, minDf, maxDf, maxFeatures, binary, vocab, " +
      "norm, useIdf, smoothIdf, sublinearTf, idf",
    (options) => new TfidfVectorizer(options),
  ],
};

test.each(Object.entries(doors))("%s refuses what is not options", async (name, [options, call]) => {
  const run = async (value: unknown) => call(value as never);
  for (const [value, shown] of [
    [null, "null"],
    [7, "7"],
    ["x", '"x"'],
    [[1], "an array of 1"],
  ] as const) {
    await expect(run(value)).rejects.toThrow(
      new TypeError(`${name}: options must be an object, got ${shown}; options are ${options}`),
    );
  }
  await expect(run({ device: true })).rejects.toThrow(
    new TypeError(`${name}: unknown option "device"; options are ${options}`),
  );
  await expect(run({ toString: 1 })).rejects.toThrow(
    new TypeError(`${name}: unknown option "toString"; options are ${options}`),
  );
});

test.each<[string, string]>([
  ["addToken", "begin"],
  ["labelToIndex", "sortNames"],
  ["regexTokenizer", "gaps"],
  ["buildVocabFromCounts", "specialFirst"],
  ["buildVocabFromIterator", "specialFirst"],
  ["lines", "fatal"],
  ["jsonLines", "fatal"],
  ["CountVectorizer", "lowercase"],
  ["CountVectorizer", "binary"],
  ["TfidfTransformer", "useIdf"],
  ["TfidfVectorizer", "smoothIdf"],
  ["TfidfVectorizer", "sublinearTf"],
])("%s takes only true and false for %s", async (name, option) => {
  const call = doors[name]![1];
  const run = async () => call({ [option]: "no" } as never);
  await expect(run).rejects.toThrow(new TypeError(`${name}: ${option} must be true or false, got "no"`));
});

test.each<[string, string]>([
  ["vectorize", "tokenizer"],
  ["CountVectorizer", "tokenizer"],
  ["TfidfVectorizer", "tokenizer"],
  ["readWordVectors", "fillMissing"],
])("%s takes only a function for %s", async (name, option) => {
  const call = doors[name]![1];
  const run = async () => call({ [option]: null } as never);
  await expect(run).rejects.toThrow(new TypeError(`${name}: ${option} must be a function, got null`));
});

test("undefined is as good as absent, whatever the name; the object may have no prototype", () => {
  const options: { begin?: boolean } = Object.assign(Object.create(null), { begin: true, other: undefined });
  expect(() => checkOptions("f", options, { begin: "boolean" })).not.toThrow();
});

test.each<[string, string, string]>([
  ["addToken", "begn", "begin"],
  ["buildVocabFromIterator", "min_freq", "minFreq"],
  ["buildVocabFromIterator", "MaxTokens", "maxTokens"],
  ["buildVocabFromIterator", "special_first", "specialFirst"],
  ["Vocab", "default_index", "defaultIndex"],
  ["TfidfVectorizer", "ngram_range", "ngramRange"],
  ["padSequences", "padding_value", "padIndex"],
  ["padSequences", "paddingValue", "padIndex"],
  ["padSequences", "maxlen", "maxLength"],
  ["padSequences", "padding", "paddingSide"],
  ["vectorize", "truncating", "truncationSide"],
])("%s says that %s may be meant as %s", async (name, given, meant) => {
  const [options, call] = doors[name]!;
  await expect(async () => call({ [given]: 1 } as never)).rejects.toThrow(
    new TypeError(`${name}: unknown option "${given}" (did you mean "${meant}"?); options are ${options}`),
  );
});
