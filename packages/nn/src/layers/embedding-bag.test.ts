import { expectClose } from "@internal/testing";
import { Generator, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { type EmbeddingBagMode, embeddingBag } from "../functional/embedding-bag.ts";
import { Embedding } from "./embedding.ts";
import { EmbeddingBag } from "./embedding-bag.ts";

const int = (values: readonly number[], shape?: readonly number[]): Tensor =>
  tensor(Int32Array.from(values), { shape: shape ?? [values.length] });
const modes: readonly EmbeddingBagMode[] = ["sum", "mean", "max"];
const table = (): Tensor =>
  tensor([
    [1, 2],
    [3, -4],
    [-5, 6],
  ]);

describe("EmbeddingBag", () => {
  it.each(modes)("reduces the looked-up rows of each bag by %s, without the padding", (mode) => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(5), { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (bags) => {
        const layer = new EmbeddingBag({
          numEmbeddings: 6,
          embeddingDim: 3,
          mode,
          paddingIdx: -1,
          generator: new Generator(1),
        });
        const starts = bags.map((_, i) => bags.slice(0, i).flat().length);
        const together = layer.forward(int(bags.flat()), int(starts)).value;
        for (const [n, bag] of bags.entries()) {
          const valid = bag.filter((id) => id !== 5);
          const rows = layer.weight.value.indexSelect(0, int(valid));
          const expected =
            valid.length === 0
              ? zeros([3])
              : mode === "max"
                ? rows.max({ dim: 0 }).values
                : rows[mode]({ dim: 0 });
          expectClose(together.select(0, n).toArray() as number[], expected.toArray() as number[]);
        }
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it.each(modes)("takes bags of one length as rows (%s)", (mode) => {
    const layer = new EmbeddingBag({ numEmbeddings: 3, embeddingDim: 2, mode, initial: table() });
    const rows = layer.forward(int([0, 1, 2, 2, 0, 0], [3, 2]));
    const offsets = layer.forward(int([0, 1, 2, 2, 0, 0]), int([0, 2, 4]));
    expect(rows.value.toArray()).toEqual(offsets.value.toArray());
    const wrapped = layer.forward(variable(int([0, 1, 2, 2, 0, 0])), variable(int([0, 2, 4])) as never);
    expect(wrapped.value.toArray()).toEqual(offsets.value.toArray());
  });

  it("starts like an Embedding of the same seed, and gives the padding row no gradient", () => {
    const options = { numEmbeddings: 4, embeddingDim: 3, paddingIdx: 1 };
    const bag = new EmbeddingBag({ ...options, generator: new Generator(2) });
    const embedding = new Embedding({ ...options, generator: new Generator(2) });
    expect(bag.stateDict().get("weight")?.toArray()).toEqual(embedding.weight.value.toArray());
    expect([bag.mode, bag.paddingIdx, bag.numEmbeddings, bag.embeddingDim]).toEqual(["mean", 1, 4, 3]);
    bag
      .forward(int([1, 0, 1], [1, 3]))
      .sum()
      .backward();
    expect(bag.weight.grad?.toArray()).toEqual([[1, 1, 1], ...Array(3).fill([0, 0, 0])]);
  });

  it("says what does not fit", () => {
    const bag = (ids: Tensor, offsets?: Tensor) => () => embeddingBag(ids, table(), { offsets });
    expect(bag(int([0]))).toThrow(
      new ShapeError("embeddingBag: ids have shape [1], expected [N,L], or [L] with offsets"),
    );
    expect(bag(int([0], [1, 1, 1]), int([0]))).toThrow(
      new ShapeError("embeddingBag: ids have shape [1,1,1], expected [N,L], or [L] with offsets"),
    );
    expect(bag(int([0, 1], [1, 2]), int([0]))).toThrow(
      new ShapeError(
        "embeddingBag: the rows of ids (shape [1,2]) are the bags; leave offsets out, or pass ids of one dimension",
      ),
    );
    expect(bag(int([0, 1]), int([1]))).toThrow(new RangeError("embeddingBag: offsets[0] is 1, expected 0"));
    expect(bag(int([0, 1, 2]), int([0, 2, 1]))).toThrow(
      new RangeError("embeddingBag: offsets[2] is 1, expected 2 to 3"),
    );
    expect(bag(int([0, 1]), int([0, 3]))).toThrow(
      new RangeError("embeddingBag: offsets[1] is 3, expected 0 to 2"),
    );
    expect(bag(int([0]), tensor([0]))).toThrow(
      new TypeError('embeddingBag: offsets are float32, expected int32; convert them with .to("int32")'),
    );
    expect(bag(int([0]), int([0], [1, 1]))).toThrow(
      new ShapeError("embeddingBag: offsets have shape [1,1], expected [N]"),
    );
    expect(bag(int([0, 3], [1, 2]))).toThrow(
      new RangeError("embeddingBag: index 3 at position [0,1] is outside 0..2 (numEmbeddings 3)"),
    );
    expect(() => embeddingBag(int([0], [1, 1]), zeros([3]))).toThrow(
      new ShapeError("embeddingBag: weight has shape [3], expected [numEmbeddings,embeddingDim]"),
    );
    const options = { numEmbeddings: 3, embeddingDim: 2 };
    expect(() => new EmbeddingBag({ ...options, mode: "min" as EmbeddingBagMode })).toThrow(
      new RangeError('EmbeddingBag: mode must be "sum", "mean" or "max", got "min"'),
    );
    expect(() => new EmbeddingBag({ ...options, paddingIdx: 3 })).toThrow(
      new RangeError("EmbeddingBag: paddingIdx 3 is outside -3..2 (numEmbeddings 3)"),
    );
    expect(() => new EmbeddingBag(options).forward(int([3], [1, 1]))).toThrow(
      new RangeError("EmbeddingBag.forward: index 3 at position [0,0] is outside 0..2 (numEmbeddings 3)"),
    );
  });
});
