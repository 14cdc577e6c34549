import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LONGEST_TOKEN, learnMerges, type Merge, NUM_BYTES } from "./learn-merges.ts";
import { textToBytes } from "./text-bytes.ts";

type Pieces = readonly (readonly [string, number])[];

const learn = (pieces: Pieces, limit: number, minFrequency: number): Merge[] =>
  learnMerges(
    pieces.map(([text, count]) => [textToBytes(text), count] as const),
    limit,
    minFrequency,
  );

/** The definition: before each merge all pairs are counted anew. */
function learnByRecounting(pieces: Pieces, limit: number, minFrequency: number): Merge[] {
  const words = pieces.map(([text, count]) => ({ symbols: [...textToBytes(text)], count }));
  const merges: Merge[] = [];
  while (merges.length < limit) {
    const counts = new Map<string, { left: number; right: number; count: number }>();
    for (const { symbols, count } of words) {
      for (let i = 0; i + 1 < symbols.length; i++) {
        const [left = 0, right = 0] = symbols.slice(i, i + 2);
        const pair = counts.get(`${left} ${right}`) ?? { left, right, count: 0 };
        pair.count += count;
        counts.set(`${left} ${right}`, pair);
      }
    }
    const [best] = [...counts.values()].sort(
      (a, b) => b.count - a.count || a.left - b.left || a.right - b.right,
    );
    if (best === undefined || best.count < minFrequency) break;
    for (const word of words) word.symbols = merged(word.symbols, best, NUM_BYTES + merges.length);
    merges.push([best.left, best.right]);
  }
  return merges;
}

function merged(
  symbols: number[],
  { left, right }: { left: number; right: number },
  symbol: number,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < symbols.length; i++) {
    if (symbols[i] === left && symbols[i + 1] === right) {
      result.push(symbol);
      i++;
    } else {
      result.push(symbols[i] as number);
    }
  }
  return result;
}

describe("learnMerges", () => {
  test("merges the most frequent pair, weighted by the pieces", () => {
    const [a, b, c] = [..."abc"].map((character) => character.charCodeAt(0)) as [number, number, number];
    expect(
      learn(
        [
          ["ab", 3],
          ["bc", 4],
          ["abc", 2],
        ],
        2,
        1,
      ),
    ).toEqual([
      [b, c],
      [a, b],
    ]);
    expect(learn([["abc", 5]], 9, 1)).toEqual([
      [a, b],
      [256, c],
    ]);
    expect(
      learn(
        [
          ["abc", 5],
          ["cba", 4],
        ],
        9,
        5,
      ),
    ).toHaveLength(2);
    expect(learn([["abc", 5]], 0, 1)).toEqual([]);
    expect(
      learn(
        [
          ["a", 5],
          ["", 2],
        ],
        9,
        1,
      ),
    ).toEqual([]);
  });

  test("merges a run of one character from the left", () => {
    expect(learn([["aaaaa", 1]], 9, 1)).toEqual(learnByRecounting([["aaaaa", 1]], 9, 1));
  });

  test("does what counting everything anew before each merge does", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "\u00e9"), { maxLength: 20 }).map((c) => c.join(""));
    const pieces = fc.uniqueArray(fc.tuple(text, fc.integer({ min: 1, max: 4 })), { selector: ([t]) => t });
    fc.assert(
      fc.property(pieces, fc.nat(30), fc.integer({ min: 1, max: 3 }), (list, limit, minFrequency) => {
        const expected = learnByRecounting(list, limit, minFrequency);
        expect(learn(list, limit, minFrequency)).toEqual(expected);
        expect(learn(list.toReversed(), limit, minFrequency)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test("makes no token longer than the longest, and goes on with others", () => {
    const merges = learn(
      [
        ["a".repeat(5 * LONGEST_TOKEN), 1],
        ["xy", 1],
      ],
      100,
      1,
    );
    const lengths = new Array<number>(NUM_BYTES).fill(1);
    for (const [left, right] of merges) lengths.push((lengths[left] as number) + (lengths[right] as number));
    expect(Math.max(...lengths)).toBe(LONGEST_TOKEN);
    expect(merges).toContainEqual([0x78, 0x79]);
  });
});
