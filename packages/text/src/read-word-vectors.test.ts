import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lines } from "./lines.ts";
import { readWordVectors, type WordVectorsOptions } from "./read-word-vectors.ts";
import { Vocab } from "./vocab.ts";

const vocab = new Vocab(["<pad>", "the", "film", ". . ."]);

const read = (text: string, options?: WordVectorsOptions) => readWordVectors(lines(text), vocab, options);

describe("readWordVectors", () => {
  test("puts the vector of token i in row i, and says what is missing", async () => {
    expect(await read("film 1 -2.5\nother 3 4\nthe .5 1e-1\n")).toEqual({
      matrix: Float32Array.of(0, 0, 0.5, 0.1, 1, -2.5, 0, 0),
      shape: [4, 2],
      dimension: 2,
      coverage: { found: 2, missing: ["<pad>", ". . ."] },
    });
  });

  test("takes lines from a list too", async () => {
    const { coverage } = await readWordVectors(["the 1"], vocab);
    expect(coverage.found).toBe(1);
  });

  test("a first line of two integers is fastText's header", async () => {
    const { matrix, shape } = await read("2 3\nthe 1 2 3 \r\nfilm 4 5 6 ");
    expect(shape).toEqual([4, 3]);
    expect([...matrix]).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0]);
    expect((await read("2 3\nfilm 1 2 3", { dimension: 3 })).coverage.found).toBe(1);
    // but a vector of one number where one number is asked for
    const numbers = await readWordVectors(["2 3"], new Vocab(["2"]), { dimension: 1 });
    expect([...numbers.matrix]).toEqual([3]);
  });

  test("words may have spaces in them, or look like numbers", async () => {
    const { matrix, coverage } = await read(". . . 1 2\n42 3 4\nat name@example.org 5 6\nthe\t7\t8");
    expect([...matrix]).toEqual([0, 0, 7, 8, 0, 0, 1, 2]);
    expect(coverage.found).toBe(2);
    expect((await readWordVectors(["42 3 4"], new Vocab(["42"]))).dimension).toBe(2);
  });

  test("only the first line can be a header, and lines may end in a carriage return", async () => {
    const { matrix } = await readWordVectors(["x 1\r", "5 3\r"], new Vocab(["5"]));
    expect([...matrix]).toEqual([3]);
  });

  test("a no-break space is part of a word", async () => {
    const { coverage } = await readWordVectors(["a\u00a0b 1 2"], new Vocab(["a\u00a0b"]));
    expect(coverage).toEqual({ found: 1, missing: [] });
  });

  test("the first of several lines of a word counts", async () => {
    const { matrix } = await read("the 1\nthe 2");
    expect(matrix[1]).toBe(1);
  });

  test("missing rows are filled by a function, in the order of the tokens", async () => {
    const seen: string[] = [];
    const { matrix } = await read("the 1 2", {
      fillMissing: (row, token) => {
        seen.push(token);
        row.fill(seen.length);
      },
    });
    expect(seen).toEqual(["<pad>", "film", ". . ."]);
    expect([...matrix]).toEqual([1, 1, 1, 2, 2, 2, 3, 3]);
  });

  test("a file without vectors is no error where the dimension is given", async () => {
    const { matrix, coverage } = await read("", { dimension: 2 });
    expect(matrix).toEqual(new Float32Array(8));
    expect(coverage.found).toBe(0);
  });

  test("gives back any float32 written in decimals, for any words without separators", async () => {
    const word = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((w) => !/[ \t\r\n]/.test(w) && !w.startsWith("\ufeff"));
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 2,
      maxLength: 2,
    });
    const entries = fc.uniqueArray(fc.tuple(word, numbers), { minLength: 1, selector: ([w]) => w });
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const file = list.map(([w, xs]) => `${w} ${xs.join(" ")}\n`).join("");
        const own = new Vocab(list.map(([w]) => w));
        const { matrix, coverage } = await readWordVectors(lines(file), own, { dimension: 2 });
        expect([...matrix].map((x) => x + 0)).toEqual(list.flatMap(([, xs]) => xs.map((x) => x + 0)));
        expect(coverage).toEqual({ found: list.length, missing: [] });
      }),
    );
  });
});

describe("errors of readWordVectors", () => {
  const where = "readWordVectors: line";

  test.each<[string, WordVectorsOptions | undefined, Error]>([
    [
      "the 1 2 3\nother 1 2",
      undefined,
      new RangeError(`${where} 2 must have a word and 3 numbers, got 2 numbers: "other 1 2"`),
    ],
    [
      "the 1 2\nfilm 1 2 3",
      undefined,
      new RangeError(`${where} 2 must have a word and 2 numbers, got 3 numbers: "film 1 2 3"`),
    ],
    [
      "the 1 2",
      { dimension: 3 },
      new RangeError(`${where} 1 must have a word and 3 numbers, got 2 numbers: "the 1 2"`),
    ],
    [
      "the 1\n\nfilm 2",
      undefined,
      new RangeError(`${where} 2 must have a word and 1 numbers, got 0 numbers: ""`),
    ],
    [
      "2 300\nthe 1 2",
      undefined,
      new RangeError(`${where} 2 must have a word and 300 numbers, got 2 numbers: "the 1 2"`),
    ],
    [
      "2 9007199254740993\nthe 1 2",
      undefined,
      new RangeError(`${where} 2 must have a word and 9007199254740992 numbers, got 2 numbers: "the 1 2"`),
    ],
    [
      "2 3\nthe 1 2 3",
      { dimension: 2 },
      new RangeError(`${where} 1 declares vectors of 3 numbers, but dimension is 2`),
    ],
    [
      "x 1 1\nthe 1 nan",
      undefined,
      new RangeError(`${where} 2: number 1 of "the" must be finite in float32, got "nan"`),
    ],
    [
      "x 1 1\nthe 1e39 1",
      undefined,
      new RangeError(`${where} 2: number 0 of "the" must be finite in float32, got "1e39"`),
    ],
    [
      "x 1 1\nthe 1 0x10",
      undefined,
      new RangeError(`${where} 2: number 1 of "the" must be finite in float32, got "0x10"`),
    ],
    [
      "",
      undefined,
      new RangeError("readWordVectors: there are no vectors; pass dimension if that is as it should be"),
    ],
    [
      "5 3",
      undefined,
      new RangeError("readWordVectors: there are no vectors; pass dimension if that is as it should be"),
    ],
    [
      "the 1",
      { dimension: 0 },
      new RangeError("readWordVectors: dimension must be a positive integer, got 0"),
    ],
  ])("%j", async (text, options, error) => {
    await expect(read(text, options)).rejects.toThrow(error);
  });

  test.each<[unknown, unknown, Error]>([
    [
      "the 1",
      vocab,
      new TypeError('readWordVectors: expected an iterable of lines, got "the 1"; pass lines(source)'),
    ],
    [
      [new Uint8Array(2)],
      vocab,
      new TypeError(`${where} 1 must be a string, got an object; pass lines(source)`),
    ],
    [["the 1"], ["the"], new TypeError("readWordVectors: vocab must be a Vocab, got an array of 1")],
  ])("%j", async (source, words, error) => {
    await expect(readWordVectors(source as never, words as never)).rejects.toThrow(error);
  });
});
