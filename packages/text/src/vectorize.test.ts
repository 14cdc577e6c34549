import { describe, expect, test } from "vitest";
import { splitWhitespace } from "./split.ts";
import { vectorize } from "./vectorize.ts";
import { Vocab } from "./vocab.ts";

const vocab = new Vocab(["<unk>", "<pad>", "good", "film", ".", "Good"], { defaultIndex: 0 });

describe("vectorize", () => {
  test("looks up, truncates and pads to the length", () => {
    expect(vectorize("Good film.", vocab, 5)).toEqual(Int32Array.of(2, 3, 4, 1, 1));
    expect(vectorize("A good, good film.", vocab, 3)).toEqual(Int32Array.of(0, 2, 0));
    expect(vectorize("", vocab, 2)).toEqual(Int32Array.of(1, 1));
    expect(vectorize("good", vocab, 0)).toEqual(new Int32Array(0));
  });

  test("takes tokens instead of a text, as they are", () => {
    expect(vectorize(["Good", "film"], vocab, 3)).toEqual(Int32Array.of(5, 3, 1));
  });

  test("options choose tokenizer, padding and sides", () => {
    expect(vectorize("Good film.", vocab, 2, { tokenizer: splitWhitespace })).toEqual(Int32Array.of(5, 0));
    expect(vectorize("good", vocab, 2, { padIndex: -1 })).toEqual(Int32Array.of(2, -1));
    expect(vectorize("good", vocab, 2, { padToken: "." })).toEqual(Int32Array.of(2, 4));
    expect(vectorize("good", vocab, 2, { paddingSide: "left" })).toEqual(Int32Array.of(1, 2));
    expect(vectorize("good film .", vocab, 2, { truncationSide: "left" })).toEqual(Int32Array.of(3, 4));
  });

  test("a vocabulary without padding token will do with padIndex", () => {
    expect(vectorize("a", new Vocab(["a"]), 2, { padIndex: 7 })).toEqual(Int32Array.of(0, 7));
  });
});

describe("vectorize errors", () => {
  const any = (value: unknown) => value as never;
  const strict = new Vocab(["good"]);

  test.each<[() => unknown, Error]>([
    [
      () => vectorize(any(5), vocab, 2),
      new TypeError("vectorize: text must be a string or a list of tokens, got 5"),
    ],
    [
      () => vectorize("a b", any({}), 3),
      new TypeError("vectorize: vocab must be a Vocab, got an object; make it with buildVocabFromIterator"),
    ],
    [
      () => vectorize("a", vocab, -1),
      new RangeError("vectorize: sequenceLength must be a non-negative integer, got -1"),
    ],
    [
      () => vectorize("a", vocab, any("2")),
      new RangeError('vectorize: sequenceLength must be a non-negative integer, got "2"'),
    ],
    [
      () => vectorize("good", strict, 2),
      new RangeError(
        'vectorize: padding token "<pad>" is not in the vocabulary; build it with this special, or pass padIndex',
      ),
    ],
    [
      () => vectorize("a", vocab, 2, { padIndex: 1.5 }),
      new RangeError("vectorize: padIndex must be an integer in -2147483648..2147483647, got 1.5"),
    ],
    [
      () => vectorize("a", vocab, 2, { paddingSide: any("pre") }),
      new RangeError('vectorize: paddingSide must be "left" or "right", got "pre"'),
    ],
    [
      () => vectorize("bad", strict, 2, { padIndex: 0 }),
      new RangeError(
        'Vocab.lookupIndices: token "bad" is not in the vocabulary and no default index is set; call setDefaultIndex, for example with the index of "<unk>"',
      ),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});

test("a length beyond any array is refused before it is allocated", () => {
  expect(() => vectorize("a", new Vocab(["a", "<pad>"]), 2 ** 40)).toThrow(
    new RangeError("vectorize: the result would have 1099511627776 elements; 2147483647 is the most"),
  );
});
