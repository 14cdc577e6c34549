import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "./pieces.ts";

test("words keep the space before them, and are apart from numbers, punctuation and other whitespace", () => {
  expect(piecesOf("I don't  like 12345 films,\n\n ok?")).toEqual([
    ...["I", " don", "'t", " ", " like", " 123", "45", " films", ",", "\n\n", " ok", "?"],
  ]);
});

test("the pieces joined are the text, whatever it is", () => {
  const unit = fc.oneof(
    fc.nat(0xffff),
    fc.constantFrom(..." \n'a1,\u00e9\u0301\u2003\ud83d\ude00").map((c) => c.charCodeAt(0)),
  );
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = String.fromCharCode(...units);
      expect(piecesOf(text).join("")).toBe(text);
    }),
  );
});
