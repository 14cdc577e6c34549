import { expectClose } from "@internal/testing";
import { GRU, GRUCell, LSTM, Parameter, RNN, Streaming, scan, Variable } from "@rnn/nn";
import { randn, ShapeError, type Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const flat = (x: Variable | Tensor): number[] => {
  const { data, offset, size } = (x instanceof Variable ? x.value : x).contiguous();
  return [...data.subarray(offset, offset + size)];
};
// the same sums, in products of other sizes
const summationOrder = { rtol: 1e-12, atol: 1e-13 };
const sizes = { inputSize: 3, hiddenSize: 4, dtype: "float64" } as const;
const x = randn([6, 2, 3], { dtype: "float64" });

describe.each([
  { name: "RNN", Layer: RNN },
  { name: "LSTM", Layer: LSTM },
  { name: "GRU", Layer: GRU },
])("Streaming of $name", ({ Layer }) => {
  const layer = new Layer({ ...sizes, numLayers: 2 }) as GRU;

  it("gives in steps and chunks what the whole sequence gives", () => {
    const whole = layer.forward(x);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { maxLength: 5 }), (cuts) => {
        const stream = new Streaming(layer);
        const borders = [0, ...cuts.sort((a, b) => a - b), 6];
        const outputs = borders.slice(1).flatMap((end, i) => {
          const start = borders[i]!;
          return flat(
            end - start === 1 ? stream.step(x.select(0, start)) : stream.forward(x.slice([start, end])),
          );
        });
        expectClose(outputs, flat(whole.output), summationOrder);
        expectClose(flat(stream.state!.h), flat(whole.state.h), summationOrder);
      }),
      { numRuns: 20 },
    );
  });

  it("knows the layout of a batch-first layer", () => {
    const batchFirst = new Layer({ ...sizes, numLayers: 2, batchFirst: true }) as GRU;
    batchFirst.loadStateDict(layer.stateDict());
    const stream = new Streaming(batchFirst);
    expect(stream.step(x.select(0, 0)).shape).toEqual([2, 4]);
    const rest = stream.forward(x.slice([1, 6]).transpose(0, 1));
    expectClose(flat(rest.transpose(0, 1)), flat(layer.forward(x).output.slice([1, 6])), summationOrder);
  });

  it("takes a stream without a batch", () => {
    const stream = new Streaming(layer);
    stream.step(x.select(1, 0).select(0, 0));
    const second = stream.step(x.select(1, 0).select(0, 1));
    expectClose(flat(second), flat(layer.forward(x).output.select(1, 0).select(0, 1)), summationOrder);
  });

  it("keeps no graph", () => {
    const stream = new Streaming(layer);
    stream.forward(new Variable(x, { requiresGrad: true }));
    stream.step(new Variable(x.select(0, 0), { requiresGrad: true }));
    expect(stream.state!.h.requiresGrad).toBe(false);
  });

  it("resets all lanes, or some while the others carry on", () => {
    const stream = new Streaming(layer);
    stream.reset([true, false]); // nothing to reset yet
    const first = flat(stream.step(x.select(0, 0)));
    stream.reset([true, false]);
    const second = stream.step(x.select(0, 0));
    expectClose(flat(second.select(0, 0)), first.slice(0, 4), summationOrder);
    expectClose(
      flat(second.select(0, 1)),
      flat(
        layer
          .forward(x.select(0, 0).unsqueeze(0).expand([2, 2, 3]))
          .output.select(0, 1)
          .select(0, 1),
      ),
      summationOrder,
    );
    stream.reset();
    expect(stream.state).toBe(undefined);
    expect(flat(stream.step(x.select(0, 0)))).toEqual(first);
  });

  it("resets to the state it was started with", () => {
    const initial = Object.fromEntries(
      Object.entries(layer.forward(x).state).map(([part, value]) => [part, value.detach()]),
    ) as { h: Variable };
    const stream = new Streaming(layer, { state: initial });
    const first = flat(stream.step(x.select(0, 0)));
    expect(first).not.toEqual(flat(new Streaming(layer).step(x.select(0, 0))));
    stream.reset(tensor([false, true]));
    expectClose(flat(stream.step(x.select(0, 0)).select(0, 1)), first.slice(4), summationOrder);
    stream.reset();
    expect(stream.state).toBe(initial);
  });

  it("leaves a lane alone that has no step in a chunk", () => {
    const stream = new Streaming(layer);
    stream.step(x.select(0, 0));
    const before = flat(stream.state!.h.select(1, 1));
    stream.forward(x.slice([1, 3]), { lengths: [2, 0] });
    expect(flat(stream.state!.h.select(1, 1))).toEqual(before);
  });

  it("goes back to an earlier state", () => {
    const stream = new Streaming(layer);
    stream.step(x.select(0, 0));
    const remembered = stream.state;
    const once = flat(stream.step(x.select(0, 1)));
    stream.step(x.select(0, 2));
    stream.state = remembered;
    expect(flat(stream.step(x.select(0, 1)))).toEqual(once);
  });
});

describe("Streaming", () => {
  it("runs a cell of one's own through scan", () => {
    const cell = new GRUCell(sizes);
    const stream = new Streaming({
      forward: (chunk: Variable | Tensor, { state }: { state?: { h: Variable } | undefined }) =>
        scan(cell, chunk, state),
    });
    const outputs = [0, 1, 2, 3, 4, 5].flatMap((t) => flat(stream.step(x.select(0, t))));
    expectClose(outputs, flat(scan(cell, x).output), summationOrder);
    stream.reset([false, true]);
    expect(flat(stream.state!.h).slice(4)).toEqual([0, 0, 0, 0]);
  });

  it("resets states of one variable per layer", () => {
    const rnn = new RNN({ ...sizes, hiddenSize: [3, 2] });
    const stream = new Streaming(rnn);
    stream.forward(x);
    stream.reset([true, false]);
    expect(stream.state!.h.map((h) => flat(h.select(1, 0)))).toEqual([
      [0, 0, 0],
      [0, 0],
    ]);
    expect(flat(stream.state!.h[0]!.select(1, 1))).not.toContain(0);
  });

  it("keeps what a reset finds in the state beside variables", () => {
    const stream = new Streaming({
      forward: (chunk: Variable, { state }: { state?: { count: number; h: Variable } | undefined }) => ({
        output: chunk,
        state: { count: (state?.count ?? 0) + 1, h: chunk.select(0, -1) },
      }),
    });
    stream.forward(new Parameter(zeros([1, 2, 3])));
    stream.reset([true, true]);
    expect(stream.state!.count).toBe(1);
  });

  it("says what does not fit", () => {
    expect(() => new Streaming(new LSTM({ ...sizes, bidirectional: true }))).toThrow(
      new TypeError(
        "Streaming: the layer was made with bidirectional: true; reading backwards needs the whole sequence",
      ),
    );
    expect(() => new Streaming(new LSTM({ ...sizes, goBackwards: true }))).toThrow(
      new TypeError(
        "Streaming: the layer was made with goBackwards: true; reading backwards needs the whole sequence",
      ),
    );
    const stream = new Streaming(new LSTM(sizes));
    stream.forward(x);
    expect(() => stream.reset([true])).toThrow(
      new ShapeError("Streaming.reset: mask has 1 entries, but there are 2 lanes (state shape [1,2,4])"),
    );
    expect(() => stream.reset(zeros([2]))).toThrow(
      new ShapeError("Streaming.reset: mask must be a bool tensor [N], got float32 of shape [2]"),
    );
  });
});
