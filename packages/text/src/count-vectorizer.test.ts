import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CountVectorizer } from "./count-vectorizer.ts";
import { splitWhitespace } from "./split.ts";
import { Vocab } from "./vocab.ts";

describe("CountVectorizer", () => {
  test("columns are the lower-cased words of at least two characters by code point", () => {
    const vectorizer = new CountVectorizer().fit(["B bb Zz", "a zz \u00e9t\u00e9 aa"]);
    expect([...vectorizer.vocab]).toEqual(["aa", "bb", "zz", "\u00e9t\u00e9"]);
  });

  test("counts the words of each text, and no others", () => {
    const vectorizer = new CountVectorizer();
    const counts = vectorizer.fitTransform(["no, no no yes", "", "yes"]);
    expect(counts.shape).toEqual([3, 2]);
    expect(counts.toArray()).toEqual([
      [3, 1],
      [0, 0],
      [0, 1],
    ]);
    expect([counts.rows, counts.columns, counts.values].map((array) => [...array])).toEqual([
      [0, 0, 2],
      [0, 1, 1],
      [3, 1, 1],
    ]);
    expect(vectorizer.transform(["maybe yes", "constructor"]).toArray()).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(vectorizer.transform([]).shape).toEqual([0, 2]);
  });

  test("options choose tokenizer, case and presence only", () => {
    const texts = ["A a A,"];
    const cased = new CountVectorizer({ tokenizer: splitWhitespace, lowercase: false });
    expect(cased.fitTransform(texts).toArray()).toEqual([[1, 1, 1]]);
    expect([...cased.vocab]).toEqual(["A", "A,", "a"]);
    const binary = new CountVectorizer({ tokenizer: splitWhitespace, binary: true });
    expect(binary.fitTransform(texts).toArray()).toEqual([[1, 1]]);
  });

  test("lists of tokens are taken as they are", () => {
    expect(new CountVectorizer().fitTransform([["I", "am", "I"]]).toArray()).toEqual([[2, 1]]);
  });

  test("texts may be any iterable, and fit starts afresh", () => {
    const vectorizer = new CountVectorizer().fit(["old"]);
    expect(vectorizer.fitTransform(new Set(["new words"])).toArray()).toEqual([[1, 1]]);
    expect([...vectorizer.vocab]).toEqual(["new", "words"]);
  });

  test("fitting and transforming in one pass gives what two passes give, also of texts that come only once", () => {
    const texts = ["bb aa bb", "", "cc aa"];
    const once = new CountVectorizer().fitTransform(texts.values());
    expect(once.toArray()).toEqual(new CountVectorizer().fit(texts).transform(texts).toArray());
  });

  test("a given vocabulary stays when fitting", () => {
    const vectorizer = new CountVectorizer({ vocab: new Vocab(["sun", "and"]) });
    expect(vectorizer.fitTransform(["Moon and stars"]).toArray()).toEqual([[0, 1]]);
    expect([...vectorizer.fit(["Moon"]).vocab]).toEqual(["sun", "and"]);
  });

  test("a stored vocabulary replaces fitting; absent words are not counted as its default index", () => {
    const vocab = Vocab.fromJSON(JSON.parse(JSON.stringify(new Vocab(["sun", "and"], { defaultIndex: 0 }))));
    const vectorizer = new CountVectorizer({ vocab });
    expect(vectorizer.transform(["Sun and moon and stars"]).toArray()).toEqual([[1, 2]]);
    vocab.appendToken("moon");
    expect(vectorizer.transform(["moon"]).shape).toEqual([1, 2]);
  });

  test("dense and sparse counts agree with counting word by word", () => {
    const text = fc
      .array(fc.constantFrom("aa", "bb", "cc", "dd", "__proto__"))
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const vectorizer = new CountVectorizer({ vocab: new Vocab(["__proto__", "aa", "cc"]) });
        const counts = vectorizer.transform(texts);
        const expected = texts.map((t) =>
          ["__proto__", "aa", "cc"].map((word) => t.split(" ").filter((w) => w === word).length),
        );
        expect(counts.toArray()).toEqual(expected);
        expect([...counts.toDense()]).toEqual(expected.flat());
      }),
    );
  });
});

describe("CountVectorizer errors", () => {
  const any = (value: unknown) => value as never;
  const fitted = new CountVectorizer().fit(["some words"]);

  test.each<[() => unknown, Error]>([
    [
      () => new CountVectorizer().transform(["a"]),
      new RangeError("CountVectorizer.transform: there are no columns yet; call fit first, or pass vocab"),
    ],
    [
      () => new CountVectorizer().vocab,
      new RangeError("CountVectorizer.vocab: there are no columns yet; call fit first, or pass vocab"),
    ],
    [
      () => new CountVectorizer().fit(["a", "I"]),
      new RangeError("CountVectorizer.fit: 2 texts contain no word"),
    ],
    [() => new CountVectorizer().fit([]), new RangeError("CountVectorizer.fit: 0 texts contain no word")],
    [
      () => new CountVectorizer({ vocab: new Vocab(["a"]), maxFeatures: 5 }),
      new RangeError("CountVectorizer: maxFeatures limits what is fitted; leave it out with vocab"),
    ],
    [
      () => new CountVectorizer({ vocab: any(["a"]) }),
      new TypeError("CountVectorizer: vocab must be a Vocab, got an array of 1"),
    ],
    [
      () => fitted.fit("one text"),
      new TypeError('CountVectorizer.fit: texts must be a list of texts, got "one text"'),
    ],
    [
      () => fitted.transform(any(undefined)),
      new TypeError("CountVectorizer.transform: texts must be a list of texts, got undefined"),
    ],
    [
      () => fitted.fitTransform("one text"),
      new TypeError('CountVectorizer.fitTransform: texts must be a list of texts, got "one text"'),
    ],
    [
      () => fitted.transform(["a", any(5)]),
      new TypeError("CountVectorizer.transform: text 1 must be a string or a list of tokens, got 5"),
    ],
    [
      () => fitted.fit([any(null)]),
      new TypeError("CountVectorizer.fit: text 0 must be a string or a list of tokens, got null"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});

test("what a tokenizer makes of a text must be a list", () => {
  const vectorizer = new CountVectorizer({ tokenizer: () => 3 as unknown as string[] });
  expect(() => vectorizer.fit(["a"])).toThrow(
    new TypeError("CountVectorizer.fit: what the tokenizer makes of text 0 must be a list of tokens, got 3"),
  );
});
