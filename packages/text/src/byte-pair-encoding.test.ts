import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BytePairEncoding } from "./byte-pair-encoding.ts";

const [a, b, c] = [97, 98, 99];
const encoding = new BytePairEncoding(
  [
    [a, b],
    [256, c],
  ],
  { specials: ["<pad>", "<eos>"] },
);

/** Any UTF-16 units, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }), fc.constantFrom(0x20, a, b, c)))
  .map((units) => String.fromCharCode(...units));

describe("BytePairEncoding", () => {
  test("ids are special tokens, then bytes, then merges", () => {
    expect(encoding.length).toBe(2 + 256 + 2);
    expect(encoding.encode("abc ab c")).toEqual([2 + 257, 2 + 0x20, 2 + 256, 2 + 0x20, 2 + c]);
    expect(encoding.lookupSpecial("<eos>")).toBe(1);
    expect(encoding.encode("")).toEqual([]);
  });

  test("does not merge across pieces", () => {
    expect(new BytePairEncoding([[a, 0x20]]).encode("a b")).toEqual([a, 0x20, b]);
  });

  test("no text is encoded as a special token", () => {
    expect(encoding.encode("<pad>").every((id) => id >= 2)).toBe(true);
    expect(encoding.decode(encoding.encode("<pad>"))).toBe("<pad>");
  });

  test("decodes what it encoded, whatever the text", () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        expect(encoding.decode(encoding.encode(left))).toBe(left);
        // also when lists are joined, halves of a surrogate pair included
        expect(encoding.decode([...encoding.encode(left), ...encoding.encode(right)])).toBe(left + right);
      }),
    );
    for (const text of ["\ud800", "\udc00\ud800", "\u0000", "\ufeff", "__proto__", "\u{1f600}".repeat(100)]) {
      expect(encoding.decode(encoding.encode(text))).toBe(text);
    }
  });

  test("decodes any ids: special tokens by their names, what is not UTF-8 as U+FFFD", () => {
    const bytes = [...new TextEncoder().encode("\u00e9")].map((byte) => 2 + byte);
    expect(encoding.decode([0, ...bytes, 1])).toBe("<pad>\u00e9<eos>");
    expect(encoding.decode(bytes.slice(0, 1))).toBe("\ufffd");
    expect(encoding.decode([...bytes.slice(0, 1), 0, ...bytes.slice(1)])).toBe("\ufffd<pad>\ufffd");
    expect(encoding.decode(Int32Array.of(2 + 257))).toBe("abc");
    expect(encoding.decode([])).toBe("");
  });

  test("tells the bytes of an id", () => {
    expect([...encoding.tokenBytes(2 + 257)]).toEqual([a, b, c]);
    expect([...encoding.tokenBytes(2 + 0xff)]).toEqual([0xff]);
    expect([...encoding.tokenBytes(0)]).toEqual([..."<pad>"].map((x) => x.charCodeAt(0)));
  });

  test("a result does not belong to the encoding", () => {
    encoding.encode("abc").fill(0);
    expect(encoding.encode("abc")).toEqual([259]);
    const { merges, specials } = encoding.toJSON();
    (merges as unknown as number[][]).push([a, a]);
    (specials as string[]).push("x");
    (merges[0] as unknown as number[]).fill(0);
    expect(encoding.toJSON()).toEqual({
      format: "rnn.bpe",
      version: 1,
      specials: ["<pad>", "<eos>"],
      merges: [
        [a, b],
        [256, c],
      ],
    });
  });

  test("comes back equal from JSON, through UTF-8 too", () => {
    const specials = fc.uniqueArray(fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(specials, anyText, (names, text) => {
        const original = new BytePairEncoding([[a, b]], { specials: names });
        const bytes = new TextEncoder().encode(JSON.stringify(original));
        const loaded = BytePairEncoding.fromJSON(JSON.parse(new TextDecoder().decode(bytes)));
        expect(loaded.toJSON()).toEqual(original.toJSON());
        expect(loaded.encode(text)).toEqual(original.encode(text));
      }),
    );
  });
});

describe("BytePairEncoding errors", () => {
  const any = (value: unknown) => value as never;
  const doubling = Array.from({ length: 9 }, (_, i): [number, number] =>
    i === 0 ? [a, a] : [255 + i, 255 + i],
  );

  test.each<[() => unknown, Error]>([
    [
      () => encoding.encode(any(["ab"])),
      new TypeError("BytePairEncoding.encode: text must be a string, got an array of 1"),
    ],
    [
      () => encoding.decode([0, 260]),
      new RangeError("BytePairEncoding.decode: id must be an integer in 0..259, got 260"),
    ],
    [
      () => encoding.decode([any("length")]),
      new RangeError('BytePairEncoding.decode: id must be an integer in 0..259, got "length"'),
    ],
    [
      () => encoding.decode(any("12")),
      new TypeError('BytePairEncoding.decode: ids must be a list of ids, got "12"'),
    ],
    [
      () => encoding.tokenBytes(-1),
      new RangeError("BytePairEncoding.tokenBytes: id must be an integer in 0..259, got -1"),
    ],
    [
      () => encoding.lookupSpecial("<unk>"),
      new RangeError(
        'BytePairEncoding.lookupSpecial: "<unk>" is not a special token; there are "<pad>", "<eos>"',
      ),
    ],
    [
      () => new BytePairEncoding([]).lookupSpecial("<unk>"),
      new RangeError('BytePairEncoding.lookupSpecial: "<unk>" is not a special token; there are none'),
    ],
    [
      () => new BytePairEncoding([[a, 256]]),
      new RangeError(
        "BytePairEncoding: merge 0 must join integers in 0..255, what bytes and earlier merges make, got 256",
      ),
    ],
    [
      () =>
        new BytePairEncoding([
          [a, b],
          [256, 256],
          [b, a],
          [a, b],
        ]),
      new RangeError("BytePairEncoding: merges 0 and 3 are both [97, 98]"),
    ],
    [
      () => new BytePairEncoding(doubling),
      new RangeError("BytePairEncoding: merge 8 makes a token of 512 bytes; 256 is the most"),
    ],
    [
      () => new BytePairEncoding([], { specials: ["x", "x"] }),
      new RangeError('BytePairEncoding: special token "x" occurs twice'),
    ],
    [
      () => new BytePairEncoding([], { specials: any("<pad>") }),
      new TypeError('BytePairEncoding: specials must be a list of tokens, got "<pad>"'),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});

describe("BytePairEncoding.fromJSON refuses", () => {
  const good = { format: "rnn.bpe", version: 1, specials: ["<pad>"], merges: [[a, b]] };

  test.each<[unknown, Error]>([
    [null, new TypeError("expected an object, got null")],
    ["{}", new TypeError('expected an object, got "{}"; pass JSON.parse(text)')],
    [{ ...good, vocab: {} }, new TypeError('unexpected member "vocab"')],
    [{ format: "rnn.bpe", version: 1, specials: [] }, new TypeError('"merges" is missing')],
    [{ ...good, format: "rnn.vocab" }, new TypeError('"format" must be "rnn.bpe", got "rnn.vocab"')],
    [{ ...good, version: 0 }, new TypeError('"version" must be 1, got 0')],
    [{ ...good, specials: "<pad>" }, new TypeError('specials must be a list of tokens, got "<pad>"')],
    [{ ...good, specials: ["a", 1] }, new TypeError("special 1 must be a string, got 1")],
    [{ ...good, merges: "ab" }, new TypeError('merges must be a list of pairs, got "ab"')],
    [{ ...good, merges: { length: 1e9 } }, new TypeError("merges must be a list of pairs, got an object")],
    [{ ...good, merges: ["ab"] }, new TypeError('merge 0 must be a pair of symbols, got "ab"')],
    [{ ...good, merges: [[a, b, c]] }, new TypeError("merge 0 must be a pair of symbols, got an array of 3")],
    [
      {
        ...good,
        merges: [
          [a, b],
          [-1, a],
        ],
      },
      new RangeError("merge 1 must join integers in 0..256, what bytes and earlier merges make, got -1"),
    ],
    [
      { ...good, merges: [[a, 1.5]] },
      new RangeError("merge 0 must join integers in 0..255, what bytes and earlier merges make, got 1.5"),
    ],
  ])("%j", (json, error) => {
    error.message = `BytePairEncoding.fromJSON: ${error.message}`;
    expect(() => BytePairEncoding.fromJSON(json)).toThrow(error);
  });
});
