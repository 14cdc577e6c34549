import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Vocab } from "./vocab.ts";

const hostile = [
  "__proto__",
  "constructor",
  "toString",
  "",
  "\u0000",
  "\ud800",
  "\udc00\ud83d",
  "hasOwnProperty",
];

describe("Vocab", () => {
  test("numbers tokens in the given order", () => {
    const vocab = new Vocab(["a", "b", "c"]);
    expect(vocab.length).toBe(3);
    expect(vocab.contains("b")).toBe(true);
    expect(vocab.contains("d")).toBe(false);
    expect(vocab.lookupIndex("c")).toBe(2);
    expect(vocab.lookupIndices(["b", "a", "c"])).toEqual([1, 0, 2]);
    expect(vocab.lookupIndices(new Set(["c"]))).toEqual([2]);
    expect(vocab.lookupIndices([])).toEqual([]);
    expect(vocab.lookupToken(1)).toBe("b");
    expect(vocab.lookupTokens(Int32Array.of(2, 2, 0))).toEqual(["c", "c", "a"]);
    expect([...vocab]).toEqual(["a", "b", "c"]);
    expect(vocab.getStoi()).toEqual(
      new Map([
        ["a", 0],
        ["b", 1],
        ["c", 2],
      ]),
    );
  });

  test("absent tokens get the default index, which need not be that of a token", () => {
    const vocab = new Vocab(["<unk>", "a"], { defaultIndex: 0 });
    expect(vocab.getDefaultIndex()).toBe(0);
    expect(vocab.lookupIndices(["a", "b"])).toEqual([1, 0]);
    vocab.setDefaultIndex(-1);
    expect(vocab.lookupIndex("b")).toBe(-1);
    vocab.setDefaultIndex(999);
    expect(vocab.lookupIndex("b")).toBe(999);
    expect(vocab.contains("b")).toBe(false);
    vocab.setDefaultIndex(null);
    expect(vocab.getDefaultIndex()).toBe(null);
    expect(() => vocab.lookupIndex("b")).toThrow(RangeError);
  });

  test("inserting moves the later tokens up and leaves the default index", () => {
    const vocab = new Vocab(["<unk>", "a"], { defaultIndex: 0 });
    vocab.insertToken("b", 0);
    vocab.insertToken("c", 3);
    vocab.appendToken("d");
    expect(vocab.getItos()).toEqual(["b", "<unk>", "a", "c", "d"]);
    expect(vocab.lookupIndices(["b", "<unk>", "a", "c", "d"])).toEqual([0, 1, 2, 3, 4]);
    expect(vocab.lookupIndex("absent")).toBe(0);
  });

  test("what it takes and gives are copies", () => {
    const itos = ["a", "b"];
    const vocab = new Vocab(itos);
    itos.push("c");
    vocab.getItos().push("d");
    vocab.getStoi().set("e", 7);
    expect(vocab.length).toBe(2);
    expect(vocab.contains("e")).toBe(false);
  });

  test("tokens that name members of objects are ordinary tokens, present or absent", () => {
    const empty = new Vocab([], { defaultIndex: 5 });
    for (const token of hostile)
      expect([empty.contains(token), empty.lookupIndex(token)]).toEqual([false, 5]);
    const vocab = new Vocab(hostile);
    expect(vocab.lookupIndices(hostile)).toEqual(hostile.map((_, i) => i));
  });

  test("tokens and indices are each other's inverse for any distinct strings", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary" })), (itos) => {
        const vocab = new Vocab(itos);
        expect(vocab.lookupTokens(vocab.lookupIndices(itos))).toEqual(itos);
      }),
    );
  });
});

describe("Vocab errors", () => {
  const vocab = new Vocab(["a", "b"]);
  const any = (value: unknown) => value as never;
  const noDefault = `is not in the vocabulary and no default index is set; call setDefaultIndex, for example with the index of "<unk>"`;

  test.each<[() => unknown, Error]>([
    [() => new Vocab(["a", "b", "a"]), new RangeError('Vocab: token "a" occurs twice, at 0 and 2')],
    [() => new Vocab(["a", any(5)]), new TypeError("Vocab: token 1 must be a string, got 5")],
    [
      () => new Vocab("ab"),
      new TypeError(
        'Vocab: itos must be a list of tokens, got "ab"; tokenize it first, for example with basicEnglish',
      ),
    ],
    [() => new Vocab(any(null)), new TypeError("Vocab: itos must be a list of tokens, got null")],
    [
      () => new Vocab([], { defaultIndex: 0.5 }),
      new RangeError("Vocab: defaultIndex must be an integer in -2147483648..2147483647, got 0.5"),
    ],
    [
      () => vocab.setDefaultIndex(2 ** 31),
      new RangeError(
        "Vocab.setDefaultIndex: index must be an integer in -2147483648..2147483647, got 2147483648",
      ),
    ],
    [() => vocab.lookupIndex("c"), new RangeError(`Vocab.lookupIndex: token "c" ${noDefault}`)],
    [() => vocab.lookupIndices(["a", "\n"]), new RangeError(`Vocab.lookupIndices: token "\\n" ${noDefault}`)],
    [
      () => vocab.lookupIndices("ab"),
      new TypeError(
        'Vocab.lookupIndices: tokens must be a list of tokens, got "ab"; tokenize it first, for example with basicEnglish',
      ),
    ],
    [() => vocab.lookupIndex(any(5)), new TypeError("Vocab.lookupIndex: token must be a string, got 5")],
    [
      () => new Vocab(["a"], { defaultIndex: 0 }).lookupIndices(["a", any(undefined)]),
      new TypeError("Vocab.lookupIndices: token 1 must be a string, got undefined"),
    ],
    [
      () => vocab.lookupToken(2),
      new RangeError("Vocab.lookupToken: index must be an integer in 0..1, got 2"),
    ],
    [
      () => vocab.lookupToken(-1),
      new RangeError("Vocab.lookupToken: index must be an integer in 0..1, got -1"),
    ],
    [
      () => vocab.lookupTokens([0, 0.5]),
      new RangeError("Vocab.lookupTokens: index must be an integer in 0..1, got 0.5"),
    ],
    [
      () => vocab.lookupTokens(any(1)),
      new TypeError("Vocab.lookupTokens: indices must be a list of integers, got 1"),
    ],
    [
      () => vocab.lookupToken(any("length")),
      new RangeError('Vocab.lookupToken: index must be an integer in 0..1, got "length"'),
    ],
    [
      () => new Vocab([]).lookupToken(0),
      new RangeError("Vocab.lookupToken: the vocabulary is empty, got index 0"),
    ],
    [
      () => vocab.insertToken("c", 3),
      new RangeError("Vocab.insertToken: index must be an integer in 0..2, got 3"),
    ],
    [
      () => vocab.insertToken("c", -1),
      new RangeError("Vocab.insertToken: index must be an integer in 0..2, got -1"),
    ],
    [
      () => vocab.insertToken("b", 0),
      new RangeError('Vocab.insertToken: token "b" is already in the vocabulary, at index 1'),
    ],
    [
      () => vocab.appendToken("a"),
      new RangeError('Vocab.appendToken: token "a" is already in the vocabulary, at index 0'),
    ],
    [
      () => vocab.appendToken(any(null)),
      new TypeError("Vocab.appendToken: token must be a string, got null"),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
    expect(vocab.getItos()).toEqual(["a", "b"]);
  });
});
