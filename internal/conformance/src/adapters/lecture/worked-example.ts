import { add, matmul, RNN, relu, select, stack, tanh, transpose, Variable } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import { type Context, type GoldenAdapter, golden } from "../../adapter.ts";
import { mapValues, tensorOf, toNumbers, toOperands, type Value } from "../../tensors.ts";
import { compare } from "../differentiate.ts";
import { required } from "../outputs.ts";

interface WorkedExampleConfig {
  readonly nonlinearity: "tanh" | "relu";
}

/**
 * kind `lecture:rnn`: a recurrence step by step, h_t = f(W_ih x_t + W_hh h_(t-1) + b), with a second layer or a
 * read-out on top; `pre` is the value before f. The layer RNN must give the same hidden states.
 */
export const workedExampleCase: GoldenAdapter = golden<WorkedExampleConfig>((c, context) => {
  const params = toOperands(c.params, c.grads.params) as Record<string, Variable>;
  const inputs = toOperands(c.inputs, c.grads.inputs) as Record<string, Variable>;
  const { nonlinearity } = c.config;
  const lower = recurrence(weights(params, ""), inputs.input as Variable, nonlinearity);
  const outputs: Record<string, Value> = { pre: lower.pre, hidden: lower.hidden };
  if (params.readout) outputs.output = matmul(lower.hidden, transpose(params.readout, 0, 1));
  const upperWeights = weights(params, "upper.");
  if (upperWeights.weight_ih_l0) {
    const upper = recurrence(upperWeights, lower.hidden, nonlinearity);
    outputs.pre_upper = upper.pre;
    outputs.hidden_upper = upper.hidden;
  }
  compare(c, context, { outputs, inputs, params });
  const layer = runLayer(weights(params, ""), inputs.input as Variable, nonlinearity);
  context.judge.tensor("hidden states of RNN", toNumbers(layer), required(c.outputs, "hidden"));
  comparePublished(context, outputs, c.published ?? {});
});

type Weights = Readonly<Record<string, Variable>>;

/** The weights whose names start with a prefix, without it. */
function weights(params: Weights, prefix: string): Weights {
  const entries = Object.entries(params).filter(
    ([name]) => name.startsWith(`${prefix}weight`) || name.startsWith(`${prefix}bias`),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Composed of differentiable operations: values before and after the nonlinearity, `[L, H]` each. */
function recurrence(
  w: Weights,
  input: Variable,
  nonlinearity: "tanh" | "relu",
): { pre: Variable; hidden: Variable } {
  const [weightIh, weightHh] = [w.weight_ih_l0 as Variable, w.weight_hh_l0 as Variable];
  const activation = nonlinearity === "tanh" ? tanh : relu;
  const pre: Variable[] = [];
  const hidden: Variable[] = [];
  let h = new Variable(zeros([weightHh.shape[0] as number]));
  for (let t = 0; t < (input.shape[0] as number); t++) {
    let a = add(matmul(weightIh, select(input, 0, t)), matmul(weightHh, h));
    if (w.bias_ih_l0 && w.bias_hh_l0) a = add(add(a, w.bias_ih_l0), w.bias_hh_l0);
    h = activation(a);
    pre.push(a);
    hidden.push(h);
  }
  return { pre: stack(pre, 0), hidden: stack(hidden, 0) };
}

function runLayer(w: Weights, input: Variable, nonlinearity: "tanh" | "relu"): Variable {
  const [hiddenSize, inputSize] = (w.weight_ih_l0 as Variable).shape as [number, number];
  const rnn = new RNN({ inputSize, hiddenSize, nonlinearity, bias: w.bias_ih_l0 !== undefined });
  rnn.loadStateDict(mapValues(w, tensorOf));
  return rnn.forward(input).output;
}

/** A printed number is right to within one unit of its last digit: some were cut off instead of rounded. */
function comparePublished(
  { judge }: Context,
  outputs: Readonly<Record<string, Value>>,
  published: object,
): void {
  for (const [name, printed] of Object.entries(published)) {
    const got = toNumbers(outputs[name] as Value).data;
    const want = (printed as number[][]).flat();
    judge.same(`published ${name}, how many`, got.length, want.length);
    want.forEach((number, i) => {
      judge.number(`published ${name}[${i}]`, got[i] as number, number, { atol: lastDigit(number), rtol: 0 });
    });
  }
}

/** 0.01 for -0.83, 1 for 28. */
function lastDigit(printed: number): number {
  const digits = String(printed).split(".")[1]?.length ?? 0;
  return 10 ** -digits;
}
