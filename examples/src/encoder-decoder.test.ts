import { Generator, manualSeed, randint, type Tensor, tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { EncoderDecoder } from "./encoder-decoder.ts";

const sizes = { sourceTokens: 7, targetTokens: 9, embeddingDim: 4, hiddenSize: 6 };
const ids = (rows: number[][]): Tensor => tensor(rows, { dtype: "int32" });

describe.each([true, false])("EncoderDecoder with attention: %s", (attention) => {
  manualSeed(1);
  const model = new EncoderDecoder({ ...sizes, attention }).eval();

  it("gives logits of every target token after every previous one", () => {
    const source = randint(0, 7, [3, 5], { dtype: "int32", generator: new Generator(2) });
    const previous = randint(0, 9, [3, 4], { dtype: "int32", generator: new Generator(3) });
    expect(model.forward(source, Int32Array.of(5, 2, 1), previous).shape).toEqual([3, 4, 9]);
  });

  it("does not see what stands past the end of a source", () => {
    const logits = (source: number[]) =>
      model.forward(ids([source]), Int32Array.of(2), ids([[0, 3]])).value.data as Float32Array;
    const expected = logits([1, 2]);
    for (const source of [
      [1, 2, 0, 0],
      [1, 2, 5, 6],
    ]) {
      logits(source).forEach((value, k) => {
        expect(value).toBeCloseTo(expected[k]!, 5);
      });
    }
  });

  it("writes step by step what it finds likeliest after all it has written", () => {
    const source = ids([
      [1, 2, 3],
      [4, 5, 0],
    ]);
    const lengths = Int32Array.of(3, 2);
    const written = model.greedyDecode(source, lengths, { begin: 0, end: 8, maxLength: 5 });
    const previous = written.map((row) => [0, ...row, ...new Array<number>(5).fill(0)].slice(0, 6));
    const logits = model.forward(source, lengths, ids(previous)).toArray() as number[][][];
    written.forEach((row, n) => {
      const likeliest = logits[n]!.map((step) => step.indexOf(Math.max(...step)));
      const end = row.length < 5 ? [8] : [];
      expect([...row, ...end]).toEqual(likeliest.slice(0, row.length + end.length));
    });
    expect(model.training).toBe(false);
  });
});
