import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesToText, textToBytes } from "./text-bytes.ts";

/** Any UTF-16 units, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }), fc.constantFrom(0x41, 0xe9)))
  .map((units) => String.fromCharCode(...units));

const anyBytes = fc
  .array(fc.oneof(fc.nat(255), fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4)))
  .map((bytes) => Uint8Array.from(bytes));

describe("textToBytes", () => {
  test("gives UTF-8", () => {
    expect([...textToBytes("a\u00e9\u20ac\u{1f600}")]).toEqual([
      ...[0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac],
      ...[0xf0, 0x9f, 0x98, 0x80],
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!/[\ud800-\udfff]/u.test(text));
        expect(textToBytes(text)).toEqual(new TextEncoder().encode(text));
      }),
    );
  });

  test("has three bytes for a lone surrogate", () => {
    expect([...textToBytes("\ud83d")]).toEqual([0xed, 0xa0, 0xbd]);
    expect([...textToBytes("\udc00\ud800")]).toEqual([0xed, 0xb0, 0x80, 0xed, 0xa0, 0x80]);
  });
});

describe("bytesToText", () => {
  test("gives back every text, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(bytesToText(textToBytes(text))).toBe(text);
      }),
    );
    const long = "\u{1f600}a".repeat(10_000);
    expect(bytesToText(textToBytes(long))).toBe(long);
  });

  test("makes of other bytes what TextDecoder makes of them", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        // where surrogates may begin the two differ on purpose
        fc.pre(!bytes.some((byte, i) => byte === 0xed && (bytes[i + 1] ?? 0) >= 0xa0));
        expect(bytesToText(bytes)).toBe(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});
