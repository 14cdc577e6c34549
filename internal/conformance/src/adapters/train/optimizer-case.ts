import { add, matmul, mean, mul, type Parameter, sub, tanh } from "@rnn/nn";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import type { StoredTensors } from "../../cases.ts";
import type { Numbers } from "../../judge.ts";
import { mapValues, toNumbers, toParameter, toTensor } from "../../tensors.ts";
import { compareOutputs, required, vector } from "../outputs.ts";
import { makeOptimizer, type OptimizerOptions } from "./optimizers.ts";

interface OptimizerConfig {
  readonly optimizer: string;
  readonly options: OptimizerOptions;
  readonly steps: number;
  /** `given`: the inputs hold one gradient per step; `tanh_regression`: mean((tanh(x w + b) - y)^2). */
  readonly problem: "given" | "tanh_regression";
  /** Parameter groups, with options of their own. */
  readonly groups?: readonly ({ readonly names: string[] } & OptimizerOptions)[];
  /** Steps at which a parameter gets no gradient. */
  readonly skip?: Readonly<Record<string, number[]>>;
}

type Parameters = Readonly<Record<string, Parameter>>;

/** kind `optimizer`: every parameter after each step. */
export const optimizerCase: GoldenAdapter = golden<OptimizerConfig>((c, { judge, file }) => {
  const { config } = c;
  const parameters = mapValues(c.params, toParameter);
  const optimizer = makeOptimizer(config.optimizer, membersOf(config, parameters), config.options);
  const history = new History(parameters);
  // before version 2, PyTorch filled gradients with zeros; a parameter that never had one kept none
  const setToNull = file.format === "golden" && !file.torch.startsWith("1.");
  const losses: number[] = [];
  for (let step = 0; step < config.steps; step++) {
    optimizer.zeroGrad({ setToNull });
    if (config.problem === "given") giveGradients(parameters, c.inputs, step, config.skip);
    else losses.push(tanhRegression(parameters, c.inputs));
    optimizer.step();
    history.note();
  }
  compareOutputs(judge, { losses: vector(losses), ...history.tensors() }, c.outputs);
});

function membersOf(
  { groups }: OptimizerConfig,
  parameters: Parameters,
): Parameters[string][] | ReturnType<typeof groupOf>[] {
  return groups ? groups.map((group) => groupOf(group, parameters)) : Object.values(parameters);
}

function groupOf(
  { names, ...options }: NonNullable<OptimizerConfig["groups"]>[number],
  parameters: Parameters,
) {
  return { parameters: (names as string[]).map((name) => parameters[name] as Parameter), options };
}

/** Row `step` of `grad_<name>` becomes the gradient of each parameter that has one at this step. */
function giveGradients(
  parameters: Parameters,
  inputs: StoredTensors,
  step: number,
  skip: OptimizerConfig["skip"] = {},
): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (skip[name]?.includes(step)) continue;
    const gradients = required(inputs, `grad_${name}`);
    const [, ...shape] = gradients.shape;
    const size = parameter.size;
    parameter.grad = toTensor({
      ...gradients,
      shape,
      data: gradients.data.slice(step * size, (step + 1) * size),
    });
  }
}

/** Adds the gradients of the loss and returns it. */
function tanhRegression({ w, b }: Parameters, inputs: StoredTensors): number {
  const [x, y] = [toTensor(required(inputs, "x")), toTensor(required(inputs, "y"))];
  const error = sub(tanh(add(matmul(x, w as Parameter), b as Parameter)), y);
  const loss = mean(mul(error, error));
  loss.backward();
  return loss.item();
}

/** Parameters after every step. */
class History {
  readonly #parameters: Parameters;
  readonly #rows: Record<string, number[]>;

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
    this.#rows = mapValues(parameters, () => []);
  }

  note(): void {
    for (const [name, parameter] of Object.entries(this.#parameters)) {
      this.#rows[name]?.push(...Array.from(toNumbers(parameter).data));
    }
  }

  /** `[steps, ...shape]` for each parameter. */
  tensors(): Record<string, Numbers> {
    return mapValues(this.#rows, (data, name) => {
      const { shape, size } = this.#parameters[name] as Parameter;
      return { dtype: "float32", shape: [data.length / size, ...shape], data };
    });
  }
}
