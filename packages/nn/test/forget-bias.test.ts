import { LSTM, LSTMCell } from "@rnn/nn";
import { Generator, type Tensor, zeros } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

const sizes = { inputSize: 3, hiddenSize: 2 };
const seeded = (): { generator: Generator } => ({ generator: new Generator(4) });
const numbers = (x: Tensor): number[] => [...x.data];

describe("forgetBias", () => {
  it("is the sum of the forget gate's biases, in every layer and direction", () => {
    const lstm = new LSTM({ ...sizes, numLayers: 2, bidirectional: true, forgetBias: 1 });
    const state = lstm.stateDict();
    for (const suffix of ["_l0", "_l0_reverse", "_l1", "_l1_reverse"]) {
      expect(numbers(state.get(`bias_ih${suffix}`)!).slice(2, 4)).toEqual([1, 1]);
      expect(numbers(state.get(`bias_hh${suffix}`)!).slice(2, 4)).toEqual([0, 0]);
    }
  });

  it.each([LSTM, LSTMCell])("changes nothing else that a seed gives (%o)", (Layer) => {
    const plain = [...new Layer({ ...sizes, ...seeded() }).stateDict()];
    const biased = [...new Layer({ ...sizes, ...seeded(), forgetBias: 1 }).stateDict()];
    const others = (entries: [string, Tensor][]): unknown =>
      entries.map(([name, value]) => {
        const rows = numbers(value);
        return [name, name.startsWith("bias") ? [...rows.slice(0, 2), ...rows.slice(4)] : rows];
      });
    expect(others(biased)).toEqual(others(plain));
    expect(biased).not.toEqual(plain);
  });

  it("opens the forget gate of a fresh layer", () => {
    const lstm = new LSTM({ ...sizes, forgetBias: 100 });
    const { trace } = lstm.forward(zeros([1, 3]), { trace: true });
    expect(trace[0]![0]!.f.toArray()).toEqual([[1, 1]]);
  });

  it("says what does not fit", () => {
    expect(() => new LSTM({ ...sizes, forgetBias: 1, bias: false })).toThrow(
      new RangeError("LSTM: forgetBias 1 needs biases, but bias is false"),
    );
    expect(() => new LSTMCell({ ...sizes, forgetBias: Number.NaN })).toThrow(
      new RangeError("LSTMCell: forgetBias must be a finite number, got NaN"),
    );
  });
});
