import { Generator, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { embedding } from "../functional/embedding.ts";
import { Embedding } from "./embedding.ts";

const ids = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "int32" });

describe("Embedding", () => {
  it("looks rows up, in any shape of indices", () => {
    const layer = Embedding.fromPretrained(
      tensor([
        [0, 1],
        [2, 3],
        [4, 5],
      ]),
    );
    expect(
      layer
        .forward(
          ids([
            [2, 0],
            [2, 1],
          ]),
        )
        .value.toArray(),
    ).toEqual([
      [
        [4, 5],
        [0, 1],
      ],
      [
        [4, 5],
        [2, 3],
      ],
    ]);
    expect(layer.forward(ids(1)).value.toArray()).toEqual([2, 3]);
    expect(
      layer
        .forward(
          ids([
            [0, 1],
            [1, 2],
          ]).transpose(0, 1),
        )
        .value.select(0, 0)
        .toArray(),
    ).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(layer.forward(zeros([0], { dtype: "int32" })).shape).toEqual([0, 2]);
  });

  it("adds gradients up where a row was looked up several times", () => {
    const layer = new Embedding({ numEmbeddings: 3, embeddingDim: 2 });
    layer.forward(ids([1, 2, 1])).backward(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(layer.weight.grad?.toArray()).toEqual([
      [0, 0],
      [6, 8],
      [3, 4],
    ]);
  });

  it("starts the padding row with zeros and keeps its gradient exactly zero", () => {
    for (const paddingIdx of [1, -2]) {
      const layer = new Embedding({ numEmbeddings: 3, embeddingDim: 2, paddingIdx });
      expect([layer.paddingIdx, layer.weight.fixedRow]).toEqual([1, 1]);
      expect(layer.weight.value.select(0, 1).toArray()).toEqual([0, 0]);
      layer
        .forward(ids([1, 0, 1]))
        .sum()
        .backward();
      expect(layer.weight.grad?.toArray()).toEqual([
        [1, 1],
        [0, 0],
        [0, 0],
      ]);
    }
  });

  it("draws the same numbers with and without a padding row", () => {
    const make = (paddingIdx?: number): number[] => {
      const generator = new Generator(5);
      const layer = new Embedding({ numEmbeddings: 6, embeddingDim: 4, paddingIdx, generator });
      return [...layer.weight.value.data];
    };
    expect(make(0).slice(4)).toEqual(make().slice(4));
  });

  it("scales rows that are too long when they are looked up, and no others", () => {
    const layer = new Embedding({
      numEmbeddings: 3,
      embeddingDim: 2,
      maxNorm: 1,
      initial: tensor([
        [3, 4],
        [0.3, 0.4],
        [3, 4],
      ]),
    });
    layer.forward(ids([0, 1, 0]));
    const [first, second, third] = layer.weight.value.toArray() as number[][];
    expect(first?.[0]).toBeCloseTo(0.6, 6);
    expect([second?.map((x) => Math.fround(x)), third]).toEqual([[0.3, 0.4].map(Math.fround), [3, 4]]);
  });

  it("leaves a row alone whose norm is not a number", () => {
    const initial = tensor([[Number.NaN, 3]]);
    const layer = new Embedding({ numEmbeddings: 1, embeddingDim: 2, maxNorm: 1, initial });
    layer.forward(ids([0]));
    expect(layer.weight.value.toArray()).toEqual([[Number.NaN, 3]]);
  });

  it("knows other norms", () => {
    const limited = (normType: number): number[] => {
      const layer = new Embedding({
        numEmbeddings: 1,
        embeddingDim: 2,
        maxNorm: 1,
        normType,
        initial: tensor([[3, 4]]),
      });
      return layer.forward(ids([0])).value.toArray() as number[];
    };
    expect(limited(1).flat()[0]).toBeCloseTo(3 / 7, 6);
    expect(limited(Infinity).flat()[1]).toBeCloseTo(1, 6);
  });

  it("wraps a pretrained table, frozen unless asked otherwise", () => {
    const table = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: "float64" },
    );
    const frozen = Embedding.fromPretrained(table);
    expect([frozen.weight.value, frozen.weight.requiresGrad, frozen.weight.dtype]).toEqual([
      table,
      false,
      "float64",
    ]);
    const free = Embedding.fromPretrained(table, { freeze: false, paddingIdx: 0 });
    expect([free.weight.requiresGrad, free.paddingIdx, free.numEmbeddings]).toEqual([true, 0, 2]);
    expect(free.weight.value.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("says which index is wrong, and where", () => {
    const layer = new Embedding({ numEmbeddings: 10000, embeddingDim: 2 });
    const input = zeros([4, 8], { dtype: "int32" });
    input.data[31] = 10002;
    expect(() => layer.forward(input)).toThrow(
      new RangeError(
        "Embedding.forward: index 10002 at position [3,7] is outside 0..9999 (numEmbeddings 10000)",
      ),
    );
    expect(() => layer.forward(ids(-1))).toThrow(
      new RangeError("Embedding.forward: index -1 is outside 0..9999 (numEmbeddings 10000)"),
    );
    expect(() => layer.forward(zeros([2]))).toThrow(
      new TypeError('Embedding.forward: indices are float32, expected int32; convert them with .to("int32")'),
    );
  });

  it("says which option is wrong", () => {
    const make = (options: object) => () => new Embedding({ numEmbeddings: 4, embeddingDim: 2, ...options });
    expect(make({ numEmbeddings: 0 })).toThrow(
      new RangeError("Embedding: numEmbeddings must be a positive integer, got 0"),
    );
    expect(make({ paddingIdx: 4 })).toThrow(
      new RangeError("Embedding: paddingIdx 4 is outside -4..3 (numEmbeddings 4)"),
    );
    expect(make({ maxNorm: 0 })).toThrow(new RangeError("Embedding: maxNorm must be positive, got 0"));
    expect(make({ normType: -1 })).toThrow(new RangeError("Embedding: normType must be positive, got -1"));
    expect(make({ initial: zeros([4, 3]) })).toThrow(
      new ShapeError("Embedding: initial has shape [4,3], expected [4,2] = [numEmbeddings,embeddingDim]"),
    );
    expect(() => Embedding.fromPretrained(zeros([4]))).toThrow(
      new ShapeError("Embedding.fromPretrained: table has shape [4], expected [numEmbeddings,embeddingDim]"),
    );
  });
});

describe("embedding", () => {
  it("takes the padding row from the end too, and says what does not fit", () => {
    const weight = variable([[1], [2]], { requiresGrad: true });
    embedding(ids([0, 1]), weight, { paddingIdx: -1 })
      .sum()
      .backward();
    expect(weight.grad?.toArray()).toEqual([[1], [0]]);
    expect(() => embedding(ids([0]), zeros([2]))).toThrow(
      new ShapeError("embedding: weight has shape [2], expected [numEmbeddings,embeddingDim]"),
    );
    expect(() => embedding(ids([[0, 2]]), weight)).toThrow(
      new RangeError("embedding: index 2 at position [0,1] is outside 0..1 (numEmbeddings 2)"),
    );
  });
});
