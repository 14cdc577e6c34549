import { Generator, Tensor } from "@rnn/tensor";
import { sequenceBatches } from "@rnn/train";
import { expect, it } from "vitest";
import { PADDING, UNKNOWN } from "./model.ts";
import { withUnknownWords } from "./word-dropout.ts";

it("a share of the words is unknown, other ones every time; padding and everything else stays", () => {
  const rows = Array.from({ length: 40 }, (_, n) => new Int32Array(10 + n).fill(7));
  const targets = new Tensor(Int32Array.from(rows.keys()), [40]);
  const batches = sequenceBatches(rows, targets, { batchSize: 8, padIndex: PADDING, shuffle: false });
  const dropped = withUnknownWords(batches, 0.25, new Generator(0));
  expect(dropped.length).toBe(5);
  const [plain, first, second] = [[...batches], [...dropped], [...dropped]];
  const tally = { words: 0, unknown: 0 };
  first.forEach(({ ids, ...others }, k) => {
    const { ids: before, ...same } = plain[k]!;
    expect(others).toEqual(same);
    before.data.forEach((id, i) => {
      if (id === PADDING) expect(ids.data[i]).toBe(PADDING);
      else {
        expect([7, UNKNOWN]).toContain(ids.data[i]);
        tally.words++;
        tally.unknown += Number(ids.data[i] === UNKNOWN);
      }
    });
  });
  // 1,180 words: four standard deviations are 0.05
  expect(Math.abs(tally.unknown / tally.words - 0.25)).toBeLessThan(0.05);
  expect(second[0]!.ids.data).not.toEqual(first[0]!.ids.data);
  expect(plain[0]!.ids.data.includes(UNKNOWN)).toBe(false);
});
