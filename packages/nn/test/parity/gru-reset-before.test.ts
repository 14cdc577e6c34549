import { readFileSync } from "node:fs";
import { expectClose } from "@internal/testing";
import { GRU, GRUCell } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";

interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A case of ONNX's own tests: the default GRU, where the reset gate comes before the product. */
const { params, x, h_n } = JSON.parse(
  readFileSync(new URL("../fixtures/gru-reset-before.json", import.meta.url), "utf8"),
) as { params: Record<string, Stored>; x: Stored; h_n: Stored };

const toTensor = ({ shape, data }: Stored): Tensor => new Tensor(Float32Array.from(data), shape);
const entries = Object.entries(params).map(([name, stored]) => [name, toTensor(stored)] as const);
const onnx = { rtol: 1e-4, atol: 1e-5 }; // what ONNX's own runner allows

describe("GRU with resetAfter: false", () => {
  it("gives ONNX's numbers for its default", () => {
    const gru = new GRU({ inputSize: 3, hiddenSize: 5, resetAfter: false });
    gru.loadStateDict(new Map(entries));
    expectClose(gru.forward(toTensor(x)).state.h.value.data, h_n.data, onnx);
  });

  it("is not PyTorch's variant, which stays the default", () => {
    const gru = new GRU({ inputSize: 3, hiddenSize: 5 });
    gru.loadStateDict(new Map(entries));
    expect(() => expectClose(gru.forward(toTensor(x)).state.h.value.data, h_n.data, onnx)).toThrow();
  });

  it("is the same as a cell step by step", () => {
    const cell = new GRUCell({ inputSize: 3, hiddenSize: 5, resetAfter: false });
    cell.loadStateDict(new Map(entries.map(([name, value]) => [name.replace("_l0", ""), value])));
    const steps = toTensor(x);
    const { h } = cell.forward(steps.select(0, 1), cell.forward(steps.select(0, 0)));
    expectClose(h.value.data, h_n.data, onnx);
  });
});
