import { type Parameter, Variable } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { Adagrad, Adam, AdamW, type Optimizer, RMSprop, SGD } from "@rnn/train";
import { describe, test } from "vitest";
import { type Case, casesOf, expectOutput, load, loadParameters, optionsOf } from "./cases.ts";

interface OptimizerConfig {
  readonly optimizer: "SGD" | "Adam" | "AdamW" | "RMSprop" | "Adagrad";
  readonly options: Readonly<Record<string, unknown>>;
  readonly problem: "given" | "tanh_regression";
  readonly steps: number;
  readonly groups?: readonly { readonly names: readonly string[] }[];
  /** Steps at which a parameter's gradient is not set anew. */
  readonly skip?: Readonly<Record<string, readonly number[]>>;
}

const classes = { SGD, Adam, AdamW, RMSprop, Adagrad };

describe("optimizers follow the trajectories of torch.optim", () => {
  test.each(casesOf<OptimizerConfig>("optimizers"))("$name", (testCase) => {
    const parameters = loadParameters(testCase.params);
    const optimizer = optimizerOf(testCase.config, parameters);
    const history = new Map(Object.keys(parameters).map((name) => [name, [] as number[]]));
    const losses: number[] = [];
    for (let step = 0; step < testCase.config.steps; step++) {
      // the recording PyTorch filled existing gradients with zeros; one that never existed stays null
      optimizer.zeroGrad({ setToNull: false });
      if (testCase.config.problem === "given") setGradients(testCase, parameters, step);
      else losses.push(regress(testCase, parameters));
      optimizer.step();
      for (const [name, values] of history) values.push(...parameters[name]!.value.data);
    }
    for (const [name, values] of history) expectOutput(testCase, name, values);
    if (losses.length > 0) expectOutput(testCase, "losses", losses);
  });
});

function optimizerOf(
  { optimizer, options, groups }: OptimizerConfig,
  parameters: Readonly<Record<string, Parameter>>,
): Optimizer {
  const given = groups?.map(({ names, ...own }) => ({
    parameters: names.map((name) => parameters[name]!),
    ...optionsOf(own),
  }));
  return new classes[optimizer](given ?? Object.values(parameters), optionsOf(options));
}

/** Problem "given": row `step` of the recorded gradients. */
function setGradients(
  { config, inputs }: Case<OptimizerConfig>,
  parameters: Readonly<Record<string, Parameter>>,
  step: number,
): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (config.skip?.[name]?.includes(step)) continue;
    const { data } = load(inputs[`grad_${name}`]!);
    parameter.grad = new Tensor(
      data.slice(step * parameter.size, (step + 1) * parameter.size),
      parameter.shape,
    );
  }
}

/** Problem "tanh_regression": mean((tanh(x w + b) - y)²). */
function regress({ inputs }: Case<OptimizerConfig>, { w, b }: Readonly<Record<string, Parameter>>): number {
  const x = new Variable(load(inputs.x!));
  const loss = x.matmul(w!).add(b!).tanh().sub(load(inputs.y!)).pow(2).mean();
  loss.backward();
  return loss.item();
}
