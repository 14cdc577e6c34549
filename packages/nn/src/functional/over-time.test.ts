import { expectClose } from "@internal/testing";
import { Generator, randn, ShapeError, type Tensor, tensor, where, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { variable } from "../autograd/variable.ts";
import { crossEntropy } from "./cross-entropy.ts";
import { lastStep } from "./last-step.ts";
import { maskedMean } from "./masked-mean.ts";
import { maxOverTime } from "./max-over-time.ts";
import { meanOverTime } from "./mean-over-time.ts";
import { sequenceMask } from "./sequence-mask.ts";

const poolings = { maxOverTime, meanOverTime, lastStep };

/** What each pooling means for one sequence `[length, H]`. */
const definitions: Record<keyof typeof poolings, (x: Tensor) => Tensor> = {
  maxOverTime: (x) => x.max({ dim: 0 }).values,
  meanOverTime: (x) => x.mean({ dim: 0 }),
  lastStep: (x) => x.select(0, -1),
};

const batches = fc.record({
  lengths: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
  width: fc.integer({ min: 1, max: 3 }),
  seed: fc.nat(),
});

describe.each(Object.keys(poolings) as (keyof typeof poolings)[])("%s", (name) => {
  const pool = poolings[name];

  it("is what it says for every sequence by itself, in both layouts, whatever the padding", () => {
    fc.assert(
      fc.property(batches, ({ lengths, width, seed }) => {
        const x = randn([4, lengths.length, width], { generator: new Generator(seed) });
        const mask = sequenceMask(lengths, 4).unsqueeze(2);
        const padded = where(mask, x, Number.NaN);
        const y = pool(padded, lengths).value;
        const batchFirst = pool(padded.transpose(0, 1), Int32Array.from(lengths), { batchFirst: true }).value;
        expect(batchFirst.toArray()).toEqual(y.toArray());
        for (const [n, length] of lengths.entries()) {
          const expected =
            length === 0 ? zeros([width]) : definitions[name](x.select(1, n).slice([0, length]));
          expectClose(y.select(0, n).contiguous().toArray() as number[], expected.toArray() as number[]);
        }
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it("takes all steps without lengths", () => {
    const x = randn([3, 2, 4], { generator: new Generator(1) });
    expect(pool(x).value.toArray()).toEqual(pool(x, [3, 3]).value.toArray());
    const batchFirst = pool(x.transpose(0, 1), undefined, { batchFirst: true });
    expect(batchFirst.value.toArray()).toEqual(pool(x).value.toArray());
  });

  it("remembers the lengths until the backward pass", () => {
    const x = variable([[[1]], [[2]], [[3]]], { requiresGrad: true });
    const lengths = [2];
    const y = pool(x, lengths);
    lengths[0] = 3;
    y.backward();
    expect((x.grad as Tensor).select(0, 2).item()).toBe(0);
  });

  it("gives the padding no gradient", () => {
    const x = variable(
      [
        [[1], [Number.NaN]],
        [[2], [Number.NaN]],
      ],
      { requiresGrad: true },
    );
    pool(x, [2, 0]).sum().backward();
    expect((x.grad as Tensor).select(1, 1).toArray()).toEqual([[0], [0]]);
    expect((x.grad as Tensor).sum().item()).toBe(1);
  });

  it("says what does not fit", () => {
    expect(() => pool(zeros([2, 3]), [2])).toThrow(
      new ShapeError(`${name}: input has shape [2,3], expected [L,N,H]`),
    );
    expect(() => pool(zeros([2, 3]), [2], { batchFirst: true })).toThrow(
      new ShapeError(`${name}: input has shape [2,3], expected [N,L,H]`),
    );
    expect(() => pool(zeros([2, 3, 1]), [2])).toThrow(
      new ShapeError(`${name}: lengths has 1 entries, but the batch has 3 rows (input shape [2,3,1])`),
    );
    for (const length of [3, -1, 1.5]) {
      expect(() => pool(zeros([2, 1, 1]), [length])).toThrow(
        new RangeError(
          `${name}: lengths[0] must be an integer from 0 to 2, the number of steps, got ${length}`,
        ),
      );
    }
    expect(() => pool(zeros([2, 1, 1], { dtype: "int32" }), [2])).toThrow(
      new TypeError(`${name}: input is int32, expected float32 or float64; convert it with .to("float32")`),
    );
  });
});

describe("maxOverTime", () => {
  it("keeps NaN in a valid step, and lets the first of equal steps have the gradient", () => {
    expect(maxOverTime(tensor([[[1]], [[Number.NaN]], [[2]]]), [3]).item()).toBeNaN();
    const x = variable([[[5]], [[5]]], { requiresGrad: true });
    maxOverTime(x, [2]).backward(tensor([[1]]));
    expect(x.grad?.toArray()).toEqual([[[1]], [[0]]]);
  });

  it("takes -Infinity for a number", () => {
    expect(maxOverTime(tensor([[[-Infinity]]]), [1]).item()).toBe(-Infinity);
  });
});

describe("sequenceMask", () => {
  it("marks the steps before the end, in both layouts, up to the longest by default", () => {
    expect(sequenceMask([2, 0, 1]).toArray()).toEqual([
      [true, false, true],
      [true, false, false],
    ]);
    expect(sequenceMask(Int32Array.of(1, 2), 3, { batchFirst: true }).toArray()).toEqual([
      [true, false, false],
      [true, true, false],
    ]);
    expect(sequenceMask([]).shape).toEqual([0, 0]);
  });

  it("says what does not fit", () => {
    expect(() => sequenceMask([1, 4], 3)).toThrow(
      new RangeError("sequenceMask: lengths[1] must be an integer from 0 to 3, the number of steps, got 4"),
    );
    expect(() => sequenceMask([1], 1.5)).toThrow(
      new RangeError("sequenceMask: maxLength must be a non-negative integer, got 1.5"),
    );
  });
});

describe("maskedMean", () => {
  it("is the mean over the picked elements, with or without further dimensions", () => {
    const x = tensor([
      [1, 2, Number.NaN],
      [Number.NaN, 6, Number.NaN],
    ]);
    const mask = sequenceMask([1, 2, 0]);
    expect(maskedMean(x, mask).item()).toBe(3);
    const wide = x.unsqueeze(2).mul(tensor([1, 3]));
    expect(maskedMean(wide, mask).item()).toBe(6);
    expect(maskedMean(wide, variable(mask) as never).item()).toBe(6);
    expect(maskedMean(wide, tensor([true, true])).item()).toBeNaN();
    expect(maskedMean(x, sequenceMask([0, 0, 0], 2)).item()).toBeNaN();
  });

  it("equals ignoring the padding in a loss of sequences", () => {
    const [lengths, steps, classes] = [[3, 1, 0], 3, 4];
    const logits = randn([steps * 3, classes], { generator: new Generator(1) });
    const target = tensor([0, 1, 2, 3, -100, -100, 1, -100, -100], { dtype: "int32" });
    const some = tensor(target.data, { shape: [9] });
    const each = crossEntropy(logits, some, { reduction: "none" }).reshape([steps, 3]);
    const mask = sequenceMask(lengths);
    // the second column is one step long: its other targets are ignored, and so is the third column but for its first
    const expected = crossEntropy(logits, where(mask.flatten(), some, -100).to("int32"));
    expectClose([maskedMean(each, mask).item()], [expected.item()]);
  });

  it("says what does not fit", () => {
    expect(() => maskedMean(zeros([3, 4]), sequenceMask([1, 1, 1], 4))).toThrow(
      new ShapeError("maskedMean: mask has shape [4,3], which is not how the input's shape [3,4] begins"),
    );
    expect(() => maskedMean(zeros([3]), zeros([3]))).toThrow(
      new TypeError("maskedMean: mask is float32, expected bool"),
    );
    expect(() => maskedMean(zeros([1], { dtype: "int32" }), sequenceMask([1]).flatten())).toThrow(
      new TypeError(
        'maskedMean: input is int32, expected float32 or float64; convert it with .to("float32")',
      ),
    );
  });
});
