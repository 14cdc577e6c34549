import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trainBytePairEncoding } from "./train-byte-pair-encoding.ts";

async function* later<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    await Promise.resolve();
    yield item;
  }
}

const corpus = ["low low low lower", "newer wider newer", "new widest"];
const text = fc
  .array(fc.constantFrom("ab", "a", "b", " ", "\u00e9", "\ud83d", "\ude00"), { maxLength: 12 })
  .map((x) => x.join(""));

describe("trainBytePairEncoding", () => {
  test("frequent words become one id", () => {
    const encoding = trainBytePairEncoding(corpus, { vocabSize: 300 });
    expect(encoding.encode(" low")).toHaveLength(1);
    expect(encoding.encode("newer")).toHaveLength(1);
    expect(encoding.encode("xyz")).toEqual([0x78, 0x79, 0x7a]);
  });

  test("pieces count as often as they occur", () => {
    const texts = ["zz", "zz", "zz", "zz", "ab", "cab", "dab"];
    const { merges } = trainBytePairEncoding(texts, { vocabSize: 257 }).toJSON();
    expect(merges).toEqual([[0x7a, 0x7a]]);
  });

  test("stops at vocabSize, specials included, or where pairs become rare", () => {
    expect(trainBytePairEncoding(corpus, { vocabSize: 260, specials: ["<pad>"] }).length).toBe(260);
    expect(trainBytePairEncoding(corpus, { vocabSize: 257, specials: ["<pad>"] }).length).toBe(257);
    const sizes = [1, 2, 3].map((minFrequency) => {
      return trainBytePairEncoding(corpus, { vocabSize: 1000, minFrequency }).length;
    });
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(new Set(sizes).size).toBe(3);
    expect(trainBytePairEncoding([], { vocabSize: 300 }).length).toBe(256);
  });

  test("the order of the texts does not matter, nor whether they arrive over time", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.integer({ min: 256, max: 290 }), async (texts, vocabSize) => {
        const { merges } = trainBytePairEncoding(texts, { vocabSize }).toJSON();
        expect(trainBytePairEncoding(texts.toReversed(), { vocabSize }).toJSON().merges).toEqual(merges);
        expect((await trainBytePairEncoding(later(texts), { vocabSize })).toJSON().merges).toEqual(merges);
      }),
    );
  });

  test("what it makes is lossless for texts of the corpus and for others", () => {
    fc.assert(
      fc.property(fc.array(text), text, (texts, other) => {
        const encoding = trainBytePairEncoding(texts, {
          vocabSize: 400,
          minFrequency: 1,
          specials: ["<pad>"],
        });
        for (const t of [...texts, other]) expect(encoding.decode(encoding.encode(t))).toBe(t);
      }),
    );
  });
});

describe("errors of trainBytePairEncoding", () => {
  const any = (value: unknown) => value as never;

  test.each<[() => unknown, Error]>([
    [
      () => trainBytePairEncoding("a text", { vocabSize: 300 }),
      new TypeError('trainBytePairEncoding: expected an iterable of texts, got "a text"'),
    ],
    [
      () => trainBytePairEncoding(any(null), { vocabSize: 300 }),
      new TypeError("trainBytePairEncoding: expected an iterable of texts, got null"),
    ],
    [
      () => trainBytePairEncoding(["a", any(["b"])], { vocabSize: 300 }),
      new TypeError("trainBytePairEncoding: text 1 must be a string, got an array of 1"),
    ],
    [
      () => trainBytePairEncoding(corpus, any({})),
      new RangeError("trainBytePairEncoding: vocabSize must be a positive integer, got undefined"),
    ],
    [
      () => trainBytePairEncoding(corpus, { vocabSize: 257, specials: ["a", "b"] }),
      new RangeError(
        "trainBytePairEncoding: vocabSize 257 leaves no room for 256 bytes and 2 special tokens",
      ),
    ],
    [
      () => trainBytePairEncoding(corpus, { vocabSize: 300, minFrequency: 0 }),
      new RangeError("trainBytePairEncoding: minFrequency must be a positive integer, got 0"),
    ],
    [
      () => trainBytePairEncoding(corpus, { vocabSize: 300, specials: any("<pad>") }),
      new TypeError('trainBytePairEncoding: specials must be a list of tokens, got "<pad>"'),
    ],
    [
      () => trainBytePairEncoding(corpus, { vocabSize: 300, specials: ["a", "a"] }),
      new RangeError('trainBytePairEncoding: special token "a" occurs twice'),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });

  test("an async corpus rejects, it does not throw", async () => {
    await expect(trainBytePairEncoding(later([any(5)]), { vocabSize: 300 })).rejects.toThrow(
      new TypeError("trainBytePairEncoding: text 0 must be a string, got 5"),
    );
    await expect(trainBytePairEncoding(later(corpus), { vocabSize: 3 })).rejects.toThrow(RangeError);
  });
});
