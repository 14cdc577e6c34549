import { readFileSync } from "node:fs";
import { expectClose } from "@internal/testing";
import { GRU, type Module, RNN, type Variable } from "@rnn/nn";
import { arange, type Tensor, tensor } from "@rnn/tensor";
import { expect, it } from "vitest";

interface Case {
  readonly hiddenSize: number;
  /** Of each row, and of each direction: all units are equal. */
  readonly h: readonly number[];
  /** Of each row and step, zero where it is masked, as Keras has it with `zero_output_for_mask`. */
  readonly output?: readonly number[];
}

const { mask, cases } = JSON.parse(
  readFileSync(new URL("../fixtures/keras-mask.json", import.meta.url), "utf8"),
) as { mask: boolean[][]; cases: Record<string, Case> };

/** All units of a result `[..., H]` are equal: one of each. */
function oneUnit(x: Variable): number[] {
  const { value } = x;
  expect(
    value
      .sub(value.slice(...new Array(value.ndim - 1).fill(null), [0, 1]))
      .abs()
      .max()
      .item(),
  ).toBe(0);
  return [...value.select(-1, 0).clone().data];
}

it.each(Object.entries(cases))(
  "%s under a mask gives the numbers of Keras",
  (name, { hiddenSize, h, output }) => {
    const [type, option] = name.split(" ") as ["RNN" | "GRU", "goBackwards" | "bidirectional" | undefined];
    const options = { inputSize: 3, hiddenSize, batchFirst: true, ...(option ? { [option]: true } : {}) };
    const layer = (type === "RNN" ? new RNN(options) : new GRU(options)) as Module & {
      forward(x: Tensor, options: { mask: Tensor }): { output: Variable; state: { h: Variable } };
    };
    for (const [key, weights] of layer.stateDict()) {
      const bias = type === "GRU" || key.startsWith("bias_ih") ? 0.03 : 0;
      weights.data.fill(key.startsWith("weight_ih") ? 0.01 : key.startsWith("weight_hh") ? 0.02 : bias);
    }
    const x = arange(24, { dtype: "float32" }).reshape([2, 4, 3]);
    const result = layer.forward(x, { mask: tensor(mask) });
    const keras = { rtol: 1e-5, atol: 1e-6 }; // eight digits are printed
    expectClose(oneUnit(result.state.h), h, keras);
    if (output !== undefined) expectClose(oneUnit(result.output), output, keras);
  },
);
