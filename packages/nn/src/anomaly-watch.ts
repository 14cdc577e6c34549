import { Tensor } from "@rnn/tensor";
import type { GraphNode, InputGradients } from "./autograd/node.ts";
import { Parameter } from "./autograd/parameter.ts";
import type { Operand } from "./autograd/record.ts";
import { Variable } from "./autograd/variable.ts";
import type { GraphWatch } from "./autograd/watch.ts";
import { positionOf, printShape } from "./shape.ts";

/** Where a number that is not finite was found. */
export interface Finding {
  readonly message: string;
  readonly operation: string | null;
  readonly pass: "forward" | "backward";
  readonly layer: string | null;
  readonly parameter: string | null;
  readonly position: readonly number[];
  /** Where the operation was called, for findings in its backward pass. */
  readonly origin: Error | null;
}

/** What was known of a node when it was recorded. */
interface Origin {
  readonly layer: string | null;
  readonly described: string;
  readonly call: Error;
}

/** Reports the first number that is not finite, in the order of computation, by throwing what `fail` makes of it. */
export class AnomalyWatch implements GraphWatch {
  /** The layers whose `forward` is running, outermost first: name and class. */
  readonly running: (readonly [name: string, type: string])[] = [];
  readonly #origins = new WeakMap<GraphNode, Origin>();
  readonly #fail: (finding: Finding) => Error;

  constructor(fail: (finding: Finding) => Error) {
    this.#fail = fail;
  }

  computed(
    name: string,
    inputs: readonly Operand[],
    outputs: readonly Tensor[],
    node: GraphNode | null,
  ): void {
    const layer = this.running.at(-1)?.[0] ?? null;
    const described = this.#describe(name, inputs);
    if (node !== null) {
      this.#origins.set(node, { layer, described, call: new Error(`${described} was called here`) });
    }
    outputs.forEach((output, i) => {
      const at =
        first(output, Number.isNaN) ?? (inputs.some(bringsInfinity) ? null : first(output, isInfinite));
      if (at === null) return;
      const which = outputs.length > 1 ? ` in result ${i}` : "";
      const [cause, parameter] = explain(inputs);
      throw this.#fail({
        message: `${described} gave ${show(output, at)}${which}; ${cause}`,
        operation: name,
        pass: "forward",
        layer,
        parameter,
        position: positionOf(at, output.shape),
        origin: null,
      });
    });
  }

  arrived(node: GraphNode): void {
    for (const { gradient } of node.outputs) {
      const at = gradient === null ? null : first(gradient, isNotFinite);
      if (gradient === null || at === null) continue;
      const { described } = this.#originOf(node);
      const message =
        `the gradient that reaches ${described} is ${show(gradient, at)}: ` +
        "it was passed to backward(), or is a sum too large for its dtype";
      throw this.#fail(this.#inBackward(node, message, gradient, at, null));
    }
  }

  differentiated(node: GraphNode, gradients: InputGradients): void {
    gradients.forEach((gradient, i) => {
      const slot = node.inputs[i];
      const at = gradient === null || !slot ? null : first(gradient, isNotFinite);
      if (gradient === null || !slot || at === null) return;
      const { described } = this.#originOf(node);
      const parameter = nameOf(slot.variable);
      const input = parameter === null ? `input ${i}` : `input ${i}, parameter "${parameter}"`;
      const message = `the backward of ${described} gave ${show(gradient, at)} for ${input}; the gradient that reached it is finite`;
      throw this.#fail(this.#inBackward(node, message, gradient, at, parameter));
    });
  }

  accumulated(leaf: Variable): void {
    const gradient = leaf.grad as Tensor;
    const at = first(gradient, isNotFinite);
    if (at === null) return;
    const parameter = nameOf(leaf);
    const of =
      parameter === null ? `a variable of shape ${printShape(leaf.shape)}` : `parameter "${parameter}"`;
    const message = `the gradient of ${of} adds up to ${show(gradient, at)}; what was added is finite`;
    throw this.#fail(this.#inBackward(null, message, gradient, at, parameter));
  }

  /** An operation with what says which one it is: its layer, or the parameters it uses. */
  #describe(name: string, inputs: readonly Operand[]): string {
    const layer = this.running.at(-1);
    if (layer !== undefined) {
      return layer[0] === "" ? `"${name}" in ${layer[1]}` : `"${name}" in "${layer[0]}" (${layer[1]})`;
    }
    const names = inputs.map(nameOf).filter((each) => each !== null);
    return names.length === 0 ? `"${name}"` : `"${name}" of ${names.map((each) => `"${each}"`).join(", ")}`;
  }

  #originOf(node: GraphNode): { layer: string | null; described: string; call: Error | null } {
    return this.#origins.get(node) ?? { layer: null, described: `"${node.name}"`, call: null };
  }

  #inBackward(
    node: GraphNode | null,
    message: string,
    gradient: Tensor,
    at: number,
    parameter: string | null,
  ): Finding {
    const origin = node === null ? null : this.#originOf(node);
    return {
      message,
      operation: node?.name ?? null,
      pass: "backward",
      layer: origin?.layer ?? null,
      parameter,
      position: positionOf(at, gradient.shape),
      origin: origin?.call ?? null,
    };
  }
}

/** What the inputs have to do with a bad result, and the parameter that is bad itself. */
function explain(inputs: readonly Operand[]): [cause: string, parameter: string | null] {
  for (const isBad of [Number.isNaN, isInfinite]) {
    for (const [i, input] of inputs.entries()) {
      if (typeof input === "number") {
        if (isBad(input)) return [`input ${i} is ${input}`, null];
        continue;
      }
      const value = input instanceof Tensor ? input : input.value;
      const at = first(value, isBad);
      if (at === null) continue;
      const parameter = nameOf(input);
      const who = parameter === null ? `input ${i}` : `input ${i}, parameter "${parameter}",`;
      return [`${who} is ${show(value, at)}`, parameter];
    }
  }
  return ["its inputs are finite", null];
}

/** Whether an operand may lead to infinite results by intention, as a mask of -Infinity does. */
function bringsInfinity(input: Operand): boolean {
  if (typeof input === "number") return isInfinite(input);
  if (input instanceof Parameter) return false;
  return first(input instanceof Variable ? input.value : input, isInfinite) !== null;
}

/** The number of the first such element in row-major order. */
function first(x: Tensor, isSuch: (element: number) => boolean): number | null {
  if (x.dtype !== "float32" && x.dtype !== "float64") return null;
  const { data, offset, size } = x.contiguous();
  for (let i = 0; i < size; i++) if (isSuch(data[offset + i]!)) return i;
  return null;
}

function show(x: Tensor, at: number): string {
  const { data, offset } = x.contiguous();
  return `${data[offset + at]} at position ${printShape(positionOf(at, x.shape))} of ${printShape(x.shape)}`;
}

function nameOf(x: unknown): string | null {
  return x instanceof Parameter && x.name !== "" ? x.name : null;
}

function isInfinite(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

function isNotFinite(x: number): boolean {
  return !Number.isFinite(x);
}
