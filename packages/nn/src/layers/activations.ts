import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { relu } from "../functional/relu.ts";
import { sigmoid } from "../functional/sigmoid.ts";
import { tanh } from "../functional/tanh.ts";
import { Module, type ModuleConfig } from "../module.ts";

/**
 * The function `tanh` as a module. Equals `torch.nn.Tanh`.
 *
 * @example
 * ```ts
 * import { Tanh, variable } from "@rnn/nn";
 *
 * new Tanh().forward(variable([0, 1])).value.toArray(); // => [0, 0.7616]
 * ```
 *
 * @public
 */
export class Tanh extends Module {
  /** The class. */
  override getConfig(): ModuleConfig {
    return { class: "Tanh" };
  }

  /** The hyperbolic tangent of every element. */
  override forward(x: Variable | Tensor): Variable {
    return tanh(x);
  }
}

/**
 * The function `relu` as a module. Equals `torch.nn.ReLU`.
 *
 * @example
 * ```ts
 * import { ReLU, variable } from "@rnn/nn";
 *
 * new ReLU().forward(variable([-1, 2])).value.toArray(); // => [0, 2]
 * ```
 *
 * @public
 */
export class ReLU extends Module {
  /** The class. */
  override getConfig(): ModuleConfig {
    return { class: "ReLU" };
  }

  /** Every element, or zero where it is negative. */
  override forward(x: Variable | Tensor): Variable {
    return relu(x);
  }
}

/**
 * The function `sigmoid` as a module. Equals `torch.nn.Sigmoid`.
 *
 * @example
 * ```ts
 * import { Sigmoid, variable } from "@rnn/nn";
 *
 * new Sigmoid().forward(variable([0, 1])).value.toArray(); // => [0.5, 0.7311]
 * ```
 *
 * @public
 */
export class Sigmoid extends Module {
  /** The class. */
  override getConfig(): ModuleConfig {
    return { class: "Sigmoid" };
  }

  /** `1 / (1 + exp(-x))` of every element. */
  override forward(x: Variable | Tensor): Variable {
    return sigmoid(x);
  }
}
