import { Tensor } from "@rnn/tensor";
import { Parameter } from "./autograd/parameter.ts";
import { describe } from "./describe.ts";
import { type HeldPart, heldParts } from "./held-parts.ts";
import { checkFlag, checkOptions } from "./options-check.ts";
import {
  copyStateDict,
  type LoadStateDictOptions,
  loadOptionNames,
  type StateDict,
  type StateDictReport,
} from "./state-dict.ts";

/**
 * Options of `Module.buffer`.
 *
 * @public
 */
export interface BufferOptions {
  /** Whether the buffer is part of the state dict. Default `true`. */
  persistent?: boolean | undefined;
}

/**
 * What `Module.getConfig` says about a module.
 *
 * @public
 */
export type ModuleConfig = Readonly<Record<string, string | number | boolean | readonly number[]>>;

/**
 * Base of everything that holds parameters: layers, and the models made of them.
 *
 * @remarks
 * A subclass registers its parameters, buffers and child modules in its constructor, in the order in which PyTorch
 * lists them. Their names, joined by dots, are the keys of the state dict. A buffer is a tensor that belongs to the
 * model but is not trained: a running mean, the scale of the inputs. It is changed by writing into it.
 *
 * What is not registered is not trained and not saved. A module or parameter that merely stands in a property, or in an
 * array, map or plain object in one, is an error as soon as parameters, buffers or the state dict are asked for. Private
 * `#fields` cannot be seen from here: what they hold has to be registered too, and nothing says so if it is not. So a
 * module that is not to be trained or saved with this one, such as a teacher, belongs in such a field.
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
  readonly #buffers = new Map<string, Tensor>();
  readonly #transient = new Set<string>();
  readonly #children = new Map<string, Module>();
  #training = true;

  /** Computes the output. */
  abstract forward(...inputs: never[]): unknown;

  /**
   * What a saved file notes beside the weights, and what must agree where it is loaded: the class, sizes, and options
   * that the weights do not tell, such as a nonlinearity. Of a model of one's own: nothing, unless it overrides this.
   */
  getConfig(): ModuleConfig {
    return {};
  }

  /**
   * Registers a parameter under its state-dict name, and returns it.
   *
   * @throws TypeError if the name is not a string, or `parameter` not one.
   */
  protected parameter<P extends Parameter>(name: string, parameter: P): P {
    this.#checkName("parameter", name);
    if (!(parameter instanceof Parameter)) this.#refuse(`parameter "${name}" must be a Parameter`, parameter);
    this.#parameters.set(name, parameter);
    parameter.name = name;
    return parameter;
  }

  /**
   * Registers a buffer under its state-dict name, and returns it.
   *
   * A view is copied: the result is contiguous.
   *
   * @throws TypeError if the name is not a string, or `tensor` not one.
   */
  protected buffer(name: string, tensor: Tensor, options: BufferOptions = {}): Tensor {
    this.#checkName("buffer", name);
    if (!(tensor instanceof Tensor)) this.#refuse(`buffer "${name}" must be a Tensor`, tensor);
    const own = tensor.contiguous();
    this.#buffers.set(name, own);
    if (options.persistent === false) this.#transient.add(name);
    return own;
  }

  /**
   * Registers a child module; its parameters are called `name.…` from here on. Returns the child.
   *
   * @throws TypeError if the name is not a string, or `module` not one.
   * @throws Error if it is this module, or has it somewhere below it.
   */
  protected child<M extends Module>(name: string, module: M): M {
    this.#checkName("child", name);
    if (!(module instanceof Module)) this.#refuse(`child "${name}" must be a Module`, module);
    if (module.#contains(this)) {
      throw new Error(`${this.constructor.name}: child "${name}" is this module itself, or has it below it`);
    }
    this.#children.set(name, module);
    for (const [key, parameter] of eachOnce(this.#allParameters())) parameter.name = key;
    return module;
  }

  /**
   * Every parameter of this module and of those below it, once each, with its dotted name.
   *
   * @throws Error if a property holds a module or a parameter that is not registered.
   */
  namedParameters(): [string, Parameter][] {
    this.#checkRegistered();
    return eachOnce(this.#allParameters());
  }

  /**
   * Every parameter of this module and of those below it, once each.
   *
   * @throws Error if a property holds a module or a parameter that is not registered.
   */
  parameters(): Parameter[] {
    this.#checkRegistered();
    return [...new Set(this.#allParameters().map(([, parameter]) => parameter))];
  }

  /**
   * Every buffer of this module and of those below it, with its dotted name, also those that are not persistent.
   *
   * @throws Error if a property holds a module or a parameter that is not registered.
   */
  namedBuffers(): [string, Tensor][] {
    this.#checkRegistered();
    return this.#collect((module) => module.#buffers);
  }

  /** Every buffer of this module and of those below it. */
  buffers(): Tensor[] {
    return this.namedBuffers().map(([, tensor]) => tensor);
  }

  /** The modules registered directly on this one, with their names. */
  namedChildren(): [string, Module][] {
    return [...this.#children];
  }

  /** The modules registered directly on this one. */
  children(): Module[] {
    return [...this.#children.values()];
  }

  /** This module and those below it, once each, with their dotted names; its own is empty. */
  namedModules(): [string, Module][] {
    return this.#modulesFrom("", new Set());
  }

  /** This module and those below it, once each. */
  modules(): Module[] {
    return this.namedModules().map(([, module]) => module);
  }

  /** Whether the module is in training mode: dropout drops only then. Modules start in training mode. */
  get training(): boolean {
    return this.#training;
  }

  /** Switches this module and those below it to training mode, or to evaluation with `train(false)`. */
  train(mode = true): this {
    checkFlag("train", "mode", mode);
    this.#training = mode;
    for (const child of this.#children.values()) child.train(mode);
    return this;
  }

  /** Switches this module and those below it to evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /**
   * Freezes the parameters of this module and of those below it, or releases them with `freeze(false)`.
   *
   * Frozen parameters get no gradient, and lose the one they have, so that an optimizer leaves them as they are.
   */
  freeze(frozen = true): this {
    checkFlag("freeze", "frozen", frozen);
    for (const parameter of this.parameters()) {
      parameter.requiresGrad = !frozen;
      if (frozen) parameter.grad = null;
    }
    return this;
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /**
   * Name to tensor, of parameters and persistent buffers in registration order: PyTorch's keys.
   *
   * The tensors are the module's own, not copies: later training changes them. Clone what is to stay as it is.
   *
   * @throws Error if a property holds a module or a parameter that is not registered.
   */
  stateDict(): Map<string, Tensor> {
    this.#checkRegistered();
    return new Map(this.#collect((module) => module.#ownState()));
  }

  /**
   * Copies tensors into the parameters and buffers of the same names, converting between float32 and float64.
   *
   * Nothing is written unless everything fits. With `strict: false`, missing and unexpected names are
   * returned instead of thrown; shapes must fit all the same.
   *
   * @throws Error that lists missing and unexpected names (and what was probably meant), wrong shapes, and float64
   * numbers that float32 cannot hold.
   * @throws TypeError if `dict` is neither a Map nor an object, or an option is unknown.
   */
  loadStateDict(dict: StateDict, options: LoadStateDictOptions = {}): StateDictReport {
    const { strict = true } = checkOptions("loadStateDict", options, loadOptionNames);
    checkFlag("loadStateDict", "strict", strict);
    const report = copyStateDict(dict, this.stateDict(), strict);
    const missing = new Set(report.missing);
    for (const [name, parameter] of this.#allParameters()) if (!missing.has(name)) parameter.markChanged();
    return report;
  }

  #modulesFrom(name: string, seen: Set<Module>): [string, Module][] {
    if (seen.has(this)) return [];
    seen.add(this);
    const below = [...this.#children].flatMap(([key, child]) =>
      child.#modulesFrom(name === "" ? key : `${name}.${key}`, seen),
    );
    return [[name, this], ...below];
  }

  /** Parameters by name, own ones first; a shared parameter under each of its names. */
  #allParameters(): [string, Parameter][] {
    return this.#collect((module) => module.#parameters);
  }

  #ownState(): [string, Tensor][] {
    const parameters = [...this.#parameters].map(([name, { value }]): [string, Tensor] => [name, value]);
    return [...parameters, ...[...this.#buffers].filter(([name]) => !this.#transient.has(name))];
  }

  /** What each module owns, from this one down, with dotted names. */
  #collect<T>(own: (module: Module) => Iterable<[string, T]>): [string, T][] {
    const entries = [...own(this)];
    for (const [name, child] of this.#children) {
      for (const [key, value] of child.#collect(own)) entries.push([`${name}.${key}`, value]);
    }
    return entries;
  }

  /** Throws if a module or a parameter stands in a property here or below without being registered here or below. */
  #checkRegistered(): void {
    const registered = new Set<unknown>();
    this.#addParts(registered);
    for (const module of registered) {
      if (!(module instanceof Module)) continue;
      for (const held of heldParts(module, isPart)) {
        if (!registered.has(held.part)) throw module.#unregistered(held);
      }
    }
  }

  /** Adds this module, and the modules and parameters below it, to `parts`. */
  #addParts(parts: Set<unknown>): void {
    if (parts.has(this)) return;
    parts.add(this);
    for (const parameter of this.#parameters.values()) parts.add(parameter);
    for (const child of this.#children.values()) child.#addParts(parts);
  }

  #unregistered({ path, name, part }: HeldPart<Module | Parameter>): Error {
    const isModule = part instanceof Module;
    const what = `${this.constructor.name}: the property "${path}" is an unregistered ${isModule ? classOf(part) : "Parameter"}`;
    const call = `this.${isModule ? "child" : "parameter"}("${name}", …)`;
    if (!this.#isTaken(name)) {
      return new Error(
        `${what}; ${path === name ? `write this.${name} = ${call}` : `register it with ${call}`}`,
      );
    }
    return new Error(
      `${what}, and "${name}" is another one; what is registered cannot be replaced: load weights into it, or build a new ${this.constructor.name}`,
    );
  }

  #isTaken(name: string): boolean {
    return [this.#parameters, this.#buffers, this.#children].some((names) => names.has(name));
  }

  #contains(other: Module): boolean {
    return this === other || this.children().some((child) => child.#contains(other));
  }

  #refuse(expectation: string, given: unknown): never {
    throw new TypeError(`${this.constructor.name}: ${expectation}, got ${describe(given)}`);
  }

  #checkName(call: "parameter" | "buffer" | "child", name: string): void {
    if (typeof name !== "string") {
      this.#refuse(`the name comes first, this.${call}("name", …), and must be a string`, name);
    }
    if (name === "" || name.includes(".")) {
      throw new Error(`${this.constructor.name}: a name must be non-empty and without dots, got "${name}"`);
    }
    if (this.#isTaken(name)) {
      throw new Error(`${this.constructor.name}: "${name}" is already registered`);
    }
  }
}

function isPart(value: unknown): value is Module | Parameter {
  return value instanceof Module || value instanceof Parameter;
}

/** Parameters by name without those that came before under another name. */
function eachOnce(named: [string, Parameter][]): [string, Parameter][] {
  const seen = new Set<Parameter>();
  return named.filter(([, parameter]) => !seen.has(parameter) && seen.add(parameter));
}

/** The name of a module's class, which a minifier changes unless its config has it. */
export function classOf(module: Module): string {
  return String(module.getConfig().class ?? module.constructor.name);
}

/** Throws unless `module` is one; `what` is what errors call it. */
export function checkModule(where: string, what: string, module: Module): void {
  if (module instanceof Module) return;
  throw new TypeError(`${where}: ${what} must be a Module, got ${describe(module)}`);
}
