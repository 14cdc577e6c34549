import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CountVectorizer } from "./count-vectorizer.ts";
import { TfidfTransformer } from "./tfidf-transformer.ts";
import { TfidfVectorizer } from "./tfidf-vectorizer.ts";
import { Vocab } from "./vocab.ts";

const texts = ["good film", "bad film", "good plot, good cast"];

describe("TfidfVectorizer", () => {
  test("is counting, then weighing", () => {
    const word = fc.constantFrom("aa", "bb", "cc", "dd");
    const corpus = fc.array(fc.array(word), { minLength: 1 }).filter((lists) => lists.flat().length > 0);
    fc.assert(
      fc.property(corpus, fc.boolean(), fc.boolean(), (lists, sublinearTf, binary) => {
        const vectorizer = new TfidfVectorizer({ sublinearTf, binary });
        const counts = new CountVectorizer({ binary }).fitTransform(lists);
        const weights = new TfidfTransformer({ sublinearTf }).fitTransform(counts);
        expect(vectorizer.fitTransform(lists.values())).toEqual(weights);
        expect(vectorizer.fit(lists.values()).transform(lists)).toEqual(weights);
      }),
    );
  });

  test("comes back from its vocabulary and frequencies", () => {
    const vectorizer = new TfidfVectorizer({ ngramRange: [1, 2] }).fit(texts);
    const { vocab, idf } = JSON.parse(JSON.stringify({ vocab: vectorizer.vocab, idf: [...vectorizer.idf] }));
    const loaded = new TfidfVectorizer({ ngramRange: [1, 2], vocab: Vocab.fromJSON(vocab), idf });
    const others = ["a good cast", "nothing", "good good film"];
    expect(loaded.transform(others)).toEqual(vectorizer.transform(others));
    expect(loaded.fit(["other words"]).transform(others)).toEqual(vectorizer.transform(others));
  });

  test("fits frequencies for a given vocabulary, or none", () => {
    const vocab = new Vocab(["film", "good", "never"]);
    const vectorizer = new TfidfVectorizer({ vocab, norm: "none" }).fit(texts);
    expect([...vectorizer.idf]).toEqual([4 / 3, 4 / 3, 4].map((x) => Math.log(x) + 1));
    const plain = new TfidfVectorizer({ vocab, norm: "none", useIdf: false });
    expect(plain.transform(["good film, good"]).toArray()).toEqual([[1, 2, 0]]);
    expect(plain.fit(texts).vocab.getItos()).toEqual(["film", "good", "never"]);
  });
});

describe("TfidfVectorizer errors name it", () => {
  const vocab = new Vocab(["film", "never"]);

  test.each<[() => unknown, Error]>([
    [
      () => new TfidfVectorizer().transform(texts),
      new RangeError("TfidfVectorizer.transform: there are no columns yet; call fit first, or pass vocab"),
    ],
    [
      () => new TfidfVectorizer({ vocab }).transform(texts),
      new RangeError("TfidfVectorizer.transform: nothing is fitted yet; call fit first, or pass idf"),
    ],
    [() => new TfidfVectorizer().fit([""]), new RangeError("TfidfVectorizer.fit: 1 texts contain no word")],
    [
      () => new TfidfVectorizer().fit("one text"),
      new TypeError('TfidfVectorizer.fit: texts must be a list of texts, got "one text"'),
    ],
    [
      () => new TfidfVectorizer({ norm: "max" as never }),
      new RangeError('TfidfVectorizer: norm must be "l1", "l2" or "none", got "max"'),
    ],
    [
      () => new TfidfVectorizer({ maxFeatures: -1 }),
      new RangeError("TfidfVectorizer: maxFeatures must be a positive integer, got -1"),
    ],
    [
      () => new TfidfVectorizer({ idf: [1, 2] }),
      new RangeError("TfidfVectorizer: idf needs the vocab it belongs to"),
    ],
    [
      () => new TfidfVectorizer({ vocab, idf: [1] }),
      new RangeError("TfidfVectorizer: idf has 1 numbers, but vocab has 2 tokens"),
    ],
    [
      () => new TfidfVectorizer({ vocab, smoothIdf: false }).fitTransform(texts),
      new RangeError(
        "TfidfVectorizer.fitTransform: column 1 is 0 in all 3 rows, so that its inverse document frequency is infinite; set smoothIdf",
      ),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
