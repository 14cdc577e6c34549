import fc from "fast-check";
import { expect, test } from "vitest";
import { applyMerges, ranksOf } from "./apply-merges.ts";
import { type Merge, NUM_BYTES } from "./learn-merges.ts";

/** The definition: each merge in order, over the whole piece from the left. */
function applyInOrder(bytes: Uint8Array, merges: readonly Merge[]): number[] {
  let symbols = [...bytes];
  merges.forEach(([left, right], rank) => {
    const result: number[] = [];
    for (let i = 0; i < symbols.length; i++) {
      if (symbols[i] === left && symbols[i + 1] === right) {
        result.push(NUM_BYTES + rank);
        i++;
      } else {
        result.push(symbols[i] as number);
      }
    }
    symbols = result;
  });
  return symbols;
}

/** Merges of the bytes 0 to 2 and of what earlier merges make. */
const someMerges = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }).map((raw) => {
  const symbols = [0, 1, 2];
  const merges = new Map<string, Merge>();
  for (const [a, b] of raw) {
    const [left = 0, right = 0] = [symbols[a % symbols.length], symbols[b % symbols.length]];
    if (merges.has(`${left} ${right}`)) continue;
    symbols.push(NUM_BYTES + merges.size);
    merges.set(`${left} ${right}`, [left, right]);
  }
  return [...merges.values()];
});

test("gives what each merge in order gives, whatever the merges", () => {
  const bytes = fc.array(fc.nat(3), { maxLength: 30 }).map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(bytes, someMerges, (piece, merges) => {
      expect(applyMerges(piece, ranksOf(merges))).toEqual(applyInOrder(piece, merges));
    }),
    { numRuns: 1000 },
  );
});

test("a long piece takes no quadratic time", () => {
  const merges: Merge[] = [
    [0, 0],
    [256, 256],
    [257, 257],
  ];
  const piece = new Uint8Array(1 << 18);
  const start = performance.now();
  expect(applyMerges(piece, ranksOf(merges)).length).toBe(piece.length / 8);
  // pair by pair over the whole piece would take minutes
  expect(performance.now() - start).toBeLessThan(10_000);
});
