import type { Tensor } from "@rnn/tensor";
import type { Parameter } from "./autograd/parameter.ts";
import {
  copyStateDict,
  type LoadStateDictOptions,
  type StateDict,
  type StateDictReport,
} from "./state-dict.ts";

/**
 * Base of everything that holds parameters: layers, and the models made of them.
 *
 * @remarks
 * A subclass registers its parameters and child modules in its constructor, in the order in which PyTorch
 * lists them. Their names, joined by dots, are the keys of the state dict.
 *
 * @example
 * ```ts
 * import { Linear, Module, type Variable } from "@rnn/nn";
 *
 * class Model extends Module {
 *   readonly #fc = this.child("fc", new Linear({ inFeatures: 3, outFeatures: 1 }));
 *
 *   override forward(x: Variable): Variable {
 *     return this.#fc.forward(x).sigmoid();
 *   }
 * }
 * const model = new Model();
 * [...model.stateDict().keys()]; // => ["fc.weight", "fc.bias"]
 * ```
 *
 * @public
 */
export abstract class Module {
  readonly #parameters = new Map<string, Parameter>();
  readonly #children = new Map<string, Module>();
  #training = true;

  /** Computes the output. */
  abstract forward(...inputs: never[]): unknown;

  /** Registers a parameter under its state-dict name, and returns it. */
  protected parameter<P extends Parameter>(name: string, parameter: P): P {
    this.#checkName(name);
    this.#parameters.set(name, parameter);
    parameter.name = name;
    return parameter;
  }

  /** Registers a child module; its parameters are called `name.…` from here on. Returns the child. */
  protected child<M extends Module>(name: string, module: M): M {
    this.#checkName(name);
    this.#children.set(name, module);
    for (const [key, parameter] of this.namedParameters()) parameter.name = key;
    return module;
  }

  /** Every parameter of this module and of those below it, once each, with its dotted name. */
  namedParameters(): [string, Parameter][] {
    const seen = new Set<Parameter>();
    return this.#entries().filter(([, parameter]) => !seen.has(parameter) && seen.add(parameter));
  }

  /** Every parameter of this module and of those below it, once each. */
  parameters(): Parameter[] {
    return [...new Set(this.#entries().map(([, parameter]) => parameter))];
  }

  /** The modules registered directly on this one, with their names. */
  namedChildren(): [string, Module][] {
    return [...this.#children];
  }

  /** The modules registered directly on this one. */
  children(): Module[] {
    return [...this.#children.values()];
  }

  /** Whether the module is in training mode: dropout drops only then. Modules start in training mode. */
  get training(): boolean {
    return this.#training;
  }

  /** Switches this module and those below it to training mode, or to evaluation with `train(false)`. */
  train(mode = true): this {
    this.#training = mode;
    for (const child of this.#children.values()) child.train(mode);
    return this;
  }

  /** Switches this module and those below it to evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const [, parameter] of this.#entries()) parameter.grad = null;
  }

  /**
   * Name to tensor, in registration order: PyTorch's keys.
   *
   * The tensors are the parameters' own, not copies: later training changes them.
   */
  stateDict(): Map<string, Tensor> {
    return new Map(this.#entries().map(([name, parameter]) => [name, parameter.value]));
  }

  /**
   * Copies tensors into the parameters of the same names, converting between float32 and float64.
   *
   * Nothing is written unless everything fits. With `strict: false`, missing and unexpected names are
   * returned instead of thrown; shapes must fit all the same.
   *
   * @throws Error that lists missing and unexpected names (and what was probably meant) and wrong shapes.
   */
  loadStateDict(dict: StateDict, options: LoadStateDictOptions = {}): StateDictReport {
    return copyStateDict(dict, this.stateDict(), options.strict ?? true);
  }

  /** Names and parameters in registration order, own ones first; a shared parameter under each of its names. */
  #entries(): [string, Parameter][] {
    const entries = [...this.#parameters];
    for (const [name, child] of this.#children) {
      for (const [key, parameter] of child.#entries()) entries.push([`${name}.${key}`, parameter]);
    }
    return entries;
  }

  #checkName(name: string): void {
    if (name === "" || name.includes(".")) {
      throw new Error(`${this.constructor.name}: a name must be non-empty and without dots, got "${name}"`);
    }
    if (this.#parameters.has(name) || this.#children.has(name)) {
      throw new Error(`${this.constructor.name}: "${name}" is already registered`);
    }
  }
}
