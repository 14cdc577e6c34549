import type { Parameter } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { clipGradNorm, clipGradValue } from "@rnn/train";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import type { StoredTensor } from "../../cases.ts";
import { mapValues, toParameter, toTensor } from "../../tensors.ts";
import { compareOutputs, scalar } from "../outputs.ts";

/** kind `clip_grad_norm_`: the inputs are gradients, the outputs the clipped ones and the norm before. */
export const clipGradNormCase: GoldenAdapter = golden<{ max_norm: number; norm_type: number | "inf" }>(
  (c, { judge }) => {
    const { max_norm: maxNorm, norm_type } = c.config;
    const parameters = mapValues(c.inputs, withGradient);
    const normType = norm_type === "inf" ? Number.POSITIVE_INFINITY : norm_type;
    const norm = clipGradNorm(Object.values(parameters), maxNorm, { normType });
    compareOutputs(judge, { total_norm: scalar(norm), ...mapValues(parameters, gradientOf) }, c.outputs);
  },
);

/** kind `clip_grad_value_`. */
export const clipGradValueCase: GoldenAdapter = golden<{ clip_value: number }>((c, { judge }) => {
  const parameters = mapValues(c.inputs, withGradient);
  clipGradValue(Object.values(parameters), c.config.clip_value);
  compareOutputs(judge, mapValues(parameters, gradientOf), c.outputs);
});

/** A parameter with the stored gradient; its own value does not matter. */
export function withGradient(gradient: StoredTensor): Parameter {
  const parameter = toParameter(gradient);
  parameter.grad = toTensor(gradient);
  return parameter;
}

/** The gradient of a parameter that has one. */
export function gradientOf(parameter: Parameter): Tensor {
  if (!parameter.grad) throw new Error("the gradient is gone");
  return parameter.grad;
}
