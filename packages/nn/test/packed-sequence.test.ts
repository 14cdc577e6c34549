import { expectClose } from "@internal/testing";
import {
  GRU,
  LSTM,
  PackedSequence,
  packPaddedSequence,
  packSequence,
  padPackedSequence,
  padSequence,
  RNN,
  Variable,
} from "@rnn/nn";
import { ones, ShapeError, Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Numbers between -1 and 1 that no two places share. */
function values(shape: number[], seed = 1): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    Float64Array.from({ length: size }, (_, i) => Math.cos(seed * 7.3 + i * 1.7)),
    shape,
  );
}
const numbers = (x: Variable): unknown => x.value.toArray();
const someLengths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

// the examples in PyTorch's documentation of torch.nn.utils.rnn
describe("gives what PyTorch documents:", () => {
  it("padSequence", () => {
    const sequences = [25, 22, 15].map((length) => ones([length, 300]));
    expect(padSequence(sequences).shape).toEqual([25, 3, 300]);
    expect(padSequence(sequences, { batchFirst: true }).shape).toEqual([3, 25, 300]);
  });

  it("packSequence", () => {
    const packed = packSequence([tensor([1, 2, 3]), tensor([4, 5]), tensor([6])]);
    expect(numbers(packed.data)).toEqual([1, 4, 6, 2, 5, 3]);
    expect([...packed.batchSizes]).toEqual([3, 2, 1]);
    expect([packed.sortedIndices, packed.unsortedIndices]).toEqual([null, null]);
  });

  it("packPaddedSequence and padPackedSequence", () => {
    const batch = tensor([
      [1, 2, 0],
      [3, 0, 0],
      [4, 5, 6],
    ]);
    const packed = packPaddedSequence(batch, [2, 1, 3], { batchFirst: true, enforceSorted: false });
    expect(numbers(packed.data)).toEqual([4, 1, 3, 5, 2, 6]);
    expect([...packed.batchSizes]).toEqual([3, 2, 1]);
    expect([...packed.sortedIndices!]).toEqual([2, 0, 1]);
    expect([...packed.unsortedIndices!]).toEqual([1, 2, 0]);
    const { output, lengths } = padPackedSequence(packed, { batchFirst: true });
    expect(numbers(output)).toEqual(batch.toArray());
    expect([...lengths]).toEqual([2, 1, 3]);
  });
});

describe("packing and padding", () => {
  it("undo each other, in value and gradient", () => {
    const shapes = fc.record({
      lengths: someLengths,
      batchFirst: fc.boolean(),
      isSorted: fc.boolean(),
      width: fc.constantFrom([], [2], [2, 3]),
      extra: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(shapes, ({ lengths, batchFirst, isSorted, width, extra }) => {
        if (isSorted) lengths.sort((a, b) => b - a);
        const sequences = lengths.map(
          (length, n) => new Variable(values([length, ...width], n), { requiresGrad: true }),
        );
        const padded = padSequence(sequences, { batchFirst, paddingValue: 9 });
        const packed = packPaddedSequence(padded, lengths, { batchFirst, enforceSorted: isSorted });
        const directly = packSequence(sequences, { enforceSorted: isSorted });
        expect(numbers(directly.data)).toEqual(numbers(packed.data));
        expect(directly.batchSizes).toEqual(packed.batchSizes);
        expect(directly.sortedIndices).toEqual(packed.sortedIndices);
        const totalLength = Math.max(...lengths) + extra;
        const again = padPackedSequence(packed, { batchFirst, totalLength, paddingValue: -1 });
        expect([...again.lengths]).toEqual(lengths);
        const weight = values([...again.output.shape], 3);
        again.output.mul(weight).sum().backward();
        sequences.forEach((sequence, n) => {
          const row = (x: Tensor): Tensor => x.select(batchFirst ? 0 : 1, n);
          const steps = (x: Tensor): unknown => row(x).slice([0, lengths[n]!]).toArray();
          expect(steps(again.output.value)).toEqual(sequence.value.toArray());
          expect(sequence.grad!.toArray()).toEqual(steps(weight));
          const rest = row(again.output.value).slice([lengths[n]!, totalLength]).contiguous();
          expect(rest.eq(-1).all().item()).toBe(1);
        });
      }),
    );
  });

  it("fills up with the padding value", () => {
    expect(numbers(padSequence([tensor([1]), tensor([2, 3])], { paddingValue: -7 }))).toEqual([
      [1, 2],
      [-7, 3],
    ]);
  });

  it("takes token ids, and a sequence without steps to pad", () => {
    const ids = (...numbers: number[]): Tensor => tensor(numbers, { dtype: "int32" });
    const batch = padSequence([ids(3, 4), new Tensor(new Int32Array(0), [0])], { batchFirst: true });
    expect(batch.dtype).toBe("int32");
    expect(numbers(batch)).toEqual([
      [3, 4],
      [0, 0],
    ]);
  });

  it("never reads what stands past the end", () => {
    const x = new Variable(
      tensor([
        [1, NaN],
        [2, 3],
      ]),
      { requiresGrad: true },
    );
    const { data } = packPaddedSequence(x, [1, 2], { batchFirst: true, enforceSorted: false });
    data.sum().backward();
    expect(numbers(data)).toEqual([2, 1, 3]);
    expect(x.grad!.toArray()).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});

interface AnyLayer {
  forward(x: PackedSequence, options?: object): { output: PackedSequence; state: Record<string, Variable> };
  forward(x: Tensor, options?: object): { output: Variable; state: Record<string, Variable> };
}

// the same sums, in products of other sizes
const summationOrder = { rtol: 1e-12, atol: 1e-13 };

describe.each([
  { name: "RNN", Layer: RNN },
  { name: "LSTM", Layer: LSTM },
  { name: "GRU", Layer: GRU },
])("$name on a packed sequence", ({ Layer }) => {
  it.each([false, true])("gives what it gives for the padded batch (batchFirst: %s)", (batchFirst) => {
    const options = {
      inputSize: 3,
      hiddenSize: 4,
      bidirectional: true,
      batchFirst,
      dtype: "float64",
    } as const;
    const layer = new Layer(options) as unknown as AnyLayer;
    fc.assert(
      fc.property(someLengths, (lengths) => {
        const x = values([5, lengths.length, 3]);
        const initial = Object.fromEntries(
          ["h", "c"].map((part, i) => [part, values([2, lengths.length, 4], i)]),
        );
        const want = layer.forward(batchFirst ? x.transpose(0, 1) : x, { state: initial, lengths });
        const packed = packPaddedSequence(x, lengths, { enforceSorted: false });
        const got = layer.forward(packed, { state: initial });
        expect(got.output).toBeInstanceOf(PackedSequence);
        expect(got.output.sortedIndices).toBe(packed.sortedIndices);
        const { output } = padPackedSequence(got.output, { batchFirst, totalLength: 5 });
        expectClose(output.value.contiguous().data, want.output.value.contiguous().data, summationOrder);
        for (const part in want.state) {
          expectClose(
            got.state[part]!.value.contiguous().data,
            want.state[part]!.value.contiguous().data,
            summationOrder,
          );
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe("errors", () => {
  const sizes = (...numbers: number[]): Int32Array => Int32Array.from(numbers);

  it("of padding say what does not fit", () => {
    expect(() => padSequence([])).toThrow(new RangeError("padSequence: there are no sequences"));
    expect(() => padSequence([zeros([2, 3]), zeros([2, 4])])).toThrow(
      new ShapeError(
        "padSequence: sequences[1] has shape [2,4], but sequences[0] has [2,3]; they may differ in the first dimension only",
      ),
    );
    expect(() => padSequence([zeros([])])).toThrow(
      new ShapeError("padSequence: sequences[0] has no time dimension (shape [])"),
    );
    expect(() => padPackedSequence(packSequence([zeros([3])]), { totalLength: 2 })).toThrow(
      new RangeError(
        "padPackedSequence: totalLength must be an integer of at least 3, the longest length, got 2",
      ),
    );
  });

  it("of packing say what does not fit", () => {
    expect(() => packSequence([zeros([2]), zeros([3])])).toThrow(
      new RangeError(
        "packSequence: sequence 1 has length 3, but the one before has 2; put the longest first, or pass enforceSorted: false",
      ),
    );
    expect(() => packPaddedSequence(zeros([3, 2]), [2, 0])).toThrow(
      new RangeError(
        "packPaddedSequence: sequence 1 has length 0, and a packed one has at least one step; " +
          "leave it out, or pass lengths to the layer instead of packing",
      ),
    );
    expect(() => packPaddedSequence(zeros([3]), [2])).toThrow(
      new ShapeError("packPaddedSequence: input must be [L, N, ...], got shape [3]"),
    );
    expect(() => packPaddedSequence(zeros([3, 2]), [4, 1])).toThrow(
      new RangeError(
        "packPaddedSequence: lengths[0] must be an integer from 0 to 3, the number of steps, got 4",
      ),
    );
  });

  it("of a packed sequence say what does not fit", () => {
    const data = new Variable(zeros([3, 2]));
    expect(() => new PackedSequence(data, sizes(2, 2))).toThrow(
      new ShapeError("PackedSequence: batchSizes add up to 4, but data has shape [3,2]"),
    );
    expect(() => new PackedSequence(data, sizes(1, 2))).toThrow(
      new RangeError("PackedSequence: batchSizes must be positive and never grow, got [1,2]"),
    );
    expect(() => new PackedSequence(data, sizes(2, 1), sizes(1, 1))).toThrow(
      new RangeError("PackedSequence: sortedIndices must be each of 0 to 1 once, got [1,1]"),
    );
    const gru = new GRU({ inputSize: 2, hiddenSize: 3 }) as unknown as AnyLayer;
    expect(() => gru.forward(packSequence([zeros([3, 2])]), { lengths: [3] })).toThrow(
      new TypeError("GRU.forward: lengths is not for a packed sequence; pass a padded batch with lengths"),
    );
  });
});
