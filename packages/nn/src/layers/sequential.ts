import { Tensor } from "@rnn/tensor";
import { Variable, variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { classOf, Module } from "../module.ts";

/**
 * One step of {@link Sequential}: a module from one tensor to one, or a function such as `tanh`.
 *
 * @public
 */
export type Step =
  | (Module & { forward(x: Variable | Tensor): Variable })
  | ((x: Variable | Tensor) => Variable);

/**
 * Modules and functions applied one after another.
 *
 * @remarks
 * State-dict keys start with the position of the module, as in `torch.nn.Sequential`: a function takes a position too,
 * as the activation module would in PyTorch.
 *
 * @example
 * ```ts
 * import { Linear, Sequential, tanh } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const model = new Sequential([
 *   new Linear({ inFeatures: 4, outFeatures: 8 }),
 *   tanh,
 *   new Linear({ inFeatures: 8, outFeatures: 1 }),
 * ]);
 * model.forward(zeros([2, 4])).shape; // => [2, 1]
 * [...model.stateDict().keys()]; // => ["0.weight", "0.bias", "2.weight", "2.bias"]
 * ```
 *
 * @public
 */
export class Sequential extends Module {
  readonly #steps: readonly Step[];

  /**
   * @throws RangeError if there is no step.
   * @throws TypeError if `steps` is not an array of modules and functions.
   */
  constructor(steps: readonly Step[]) {
    super();
    if (!Array.isArray(steps)) {
      throw new TypeError(
        `Sequential: steps must be an array of modules and functions, got ${describe(steps)}`,
      );
    }
    if (steps.length === 0) throw new RangeError("Sequential: needs at least one step, got none");
    this.#steps = [...steps];
    this.#steps.forEach((step, i) => {
      if (step instanceof Module) this.child(String(i), step);
      else if (typeof step !== "function") {
        throw new TypeError(`Sequential: steps[${i}] must be a module or a function, got ${describe(step)}`);
      } else if (isModuleClass(step)) {
        throw new TypeError(
          `Sequential: steps[${i}] must be a module or a function, got the class ${step.name}; pass new ${step.name}(…)`,
        );
      }
    });
  }

  /**
   * Applies the steps in order.
   *
   * @throws TypeError if a step returns something else than a variable or a tensor.
   */
  override forward(x: Variable | Tensor): Variable {
    let y: Variable | Tensor = x;
    this.#steps.forEach((step, i) => {
      const output: unknown = step instanceof Module ? step.forward(y) : step(y);
      if (!(output instanceof Variable || output instanceof Tensor)) throw notPassedOn(i, step, output);
      y = output;
    });
    return variable(y);
  }
}

function isModuleClass(step: (x: Variable) => Variable): boolean {
  return (step.prototype as unknown) instanceof Module;
}

function notPassedOn(i: number, step: Step, output: unknown): TypeError {
  const name = step instanceof Module ? classOf(step) : "a function";
  const where = `Sequential.forward: steps[${i}] (${name}) must return a Variable`;
  const isResult = typeof output === "object" && output !== null && "output" in output && "state" in output;
  if (!isResult) return new TypeError(`${where}, got ${describe(output)}`);
  return new TypeError(
    `${where}, but returned { output, state }; write a Module of your own that passes on what is needed, such as output`,
  );
}
