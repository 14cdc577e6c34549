import { expect, it } from "vitest";
import { describeOptions } from "./options.ts";
import { wrap } from "./wrap.ts";

const word = "abcdefghi";
const many = (n: number) => Array(n).fill(word).join(" ");

it("breaks lines that are too long between words, and leaves the others", () => {
  const short = `  a   b\n\n${many(8)}`;
  expect(wrap(short)).toBe(short);
  expect(wrap(`${short}\n${many(9)} end`)).toBe(`${short}\n${many(8)}\n${word} end`);
  expect(wrap(`  a   ${many(8)}`, 6)).toBe(`  a   ${many(7)}\n      ${word}`);
  expect(wrap(word.repeat(10))).toBe(word.repeat(10));
});

it("options go on below their descriptions", () => {
  const lines = describeOptions({ hidden: 3 }, { hidden: many(9) }).split("\n");
  expect(lines).toEqual([`  --hidden NUMBER  ${many(6)}`, `                   ${many(3)} (3)`]);
});
