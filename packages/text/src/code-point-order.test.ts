import fc from "fast-check";
import { expect, test } from "vitest";
import { compareCodePoints } from "./code-point-order.ts";

/** The definition: Python compares lists of code points, a lone surrogate being one. */
function compareLists(a: string, b: string): number {
  const x = Array.from(a, (c) => c.codePointAt(0) as number);
  const y = Array.from(b, (c) => c.codePointAt(0) as number);
  const i = x.findIndex((code, k) => code !== y[k]);
  if (i === -1 || i >= y.length) return x.length - y.length;
  return (x[i] as number) - (y[i] as number);
}

test("characters beyond U+FFFF come after all others", () => {
  const sorted = [
    "",
    "a",
    "a b",
    "ab",
    "\ud7ff",
    "\ud83d",
    "\ud83d\ue000",
    "\ue000",
    "\uffee",
    "\ud801\udc00",
    "\ud83d\ude00",
  ];
  expect([...sorted].reverse().sort(compareCodePoints)).toEqual(sorted);
});

test("agrees with comparing lists of code points, lone surrogates included", () => {
  const unit = fc.constantFrom("a", "\ud7ff", "\ud83d", "\ud83e", "\ude00", "\ude01", "\ue000", "\uffff");
  const string = fc.array(unit, { maxLength: 6 }).map((units) => units.join(""));
  fc.assert(
    fc.property(string, string, (a, b) => {
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(compareLists(a, b)));
    }),
    { numRuns: 5000 },
  );
});
