import { div, mean, mul, sub, sum, type Variable } from "@rnn/nn";
import { slice } from "@rnn/tensor";
import { bptt, tbptt } from "@rnn/train";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { toTensor } from "../../tensors.ts";
import type { RecurrentState } from "../nn/recurrent-layers.ts";
import { compareOutputs, required, scalar } from "../outputs.ts";
import { accumulatedGradients } from "./named-outputs.ts";
import { SequenceModel } from "./sequence-model.ts";

interface LongGradientConfig {
  readonly cell: "RNN" | "LSTM" | "GRU";
  readonly input: number;
  readonly hidden: number;
  readonly output: number;
  readonly length: number;
  /** Both null: full backpropagation. */
  readonly k1: number | null;
  readonly k2: number | null;
}

/** kind `long_gradient`: gradients of L = (1/T) sum_t mean((fc(h_t) - y_t)^2), truncated or not. */
export const longGradientCase: GoldenAdapter = golden<LongGradientConfig>((c, { judge }) => {
  const { config, inputs, outputs } = c;
  const input = toTensor(required(inputs, "input"));
  const target = toTensor(required(inputs, "target"));
  const { cell, length, k1, k2 } = config;
  const layer = { input_size: config.input, hidden_size: config.hidden };
  const model = new SequenceModel({ cell, layer, outputs: config.output }, c.params);
  const problem = {
    length,
    forward: (start: number, end: number, state: RecurrentState | undefined) => {
      const result = model.forward(slice(input, [[start, end]]), { state });
      return { output: model.readOut(result.output), state: result.state };
    },
    loss: (output: Variable, start: number, end: number) => {
      const error = sub(output, slice(target, [[start, end]]));
      return div(sum(mean(mul(error, error), { dim: [1, 2] })), length);
    },
  };
  const losses =
    k1 === null || k2 === null
      ? [bptt(problem).loss]
      : [...tbptt({ ...problem, k1, k2 })].map((chunk) => chunk.loss);
  const total = losses.reduce((a, b) => a + b);
  compareOutputs(judge, { loss: scalar(total), ...accumulatedGradients(model) }, outputs);
});
