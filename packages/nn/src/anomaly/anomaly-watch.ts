import { Tensor } from "@rnn/tensor";
import type { GraphNode } from "../autograd/node.ts";
import { Parameter } from "../autograd/parameter.ts";
import type { Operand } from "../autograd/record.ts";
import { Variable } from "../autograd/variable.ts";
import type { GraphWatch, Moment } from "../autograd/watch.ts";
import { printShape } from "../shape.ts";
import {
  atResult,
  findPlace,
  firstIndex,
  isInfinite,
  isNotFinite,
  type Place,
  printElement,
  printPlace,
} from "./find-place.ts";

/** Where a number that is not finite was found. */
export interface Finding {
  readonly message: string;
  readonly operation: string | null;
  readonly pass: "forward" | "backward";
  readonly layer: string | null;
  readonly parameter: string | null;
  readonly step: number | null;
  readonly position: readonly number[];
  /** Where the operation was called, for findings in its backward pass. */
  readonly origin: Error | null;
}

/** What was known of a node when it was recorded. */
interface Origin {
  readonly layer: string | null;
  readonly described: string;
  readonly moment: Moment | null;
  readonly call: Error | null;
}

/** Reports the first number that is not finite, in the order of computation, by throwing what `fail` makes of it. */
export class AnomalyWatch implements GraphWatch {
  /** The layers whose `forward` is running, outermost first: name and class. */
  readonly running: (readonly [name: string, type: string])[] = [];
  moment: Moment | null = null;
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
    const { moment } = this;
    if (node !== null) {
      const call = new Error(`${described} was called here`);
      this.#origins.set(node, { layer, described, moment, call });
    }
    const isBad = inputs.some(bringsInfinity) ? Number.isNaN : isNotFinite;
    outputs.forEach((output, i) => {
      const place = findPlace(output, isBad, i === 0 ? output : null, atResult(moment, i), false);
      if (place === null) return;
      const which = outputs.length > 1 ? ` in result ${i}` : "";
      const [cause, parameter] = explain(inputs);
      throw this.#fail({
        message: `${described} gave ${printPlace(place, output)}${which}; ${cause}`,
        operation: name,
        pass: "forward",
        layer,
        parameter,
        step: place.step,
        position: place.position,
        origin: null,
      });
    });
  }

  arrived(node: GraphNode): void {
    const origin = this.#originOf(node);
    node.outputs.forEach(({ gradient }, i) => {
      if (gradient === null) return;
      const place = findPlace(
        gradient,
        isNotFinite,
        i === 0 ? gradient : null,
        atResult(origin.moment, i),
        true,
      );
      if (place === null) return;
      const message =
        `the gradient that reaches ${origin.described} is ${printPlace(place, gradient)}: ` +
        "it was passed to backward(), or is a sum too large for its dtype";
      throw this.#fail(inBackward(message, node, origin, place, null));
    });
  }

  differentiated(node: GraphNode, gradients: readonly (Tensor | null)[]): void {
    const origin = this.#originOf(node);
    const bad = [...gradients.keys()].filter(
      (i) => node.inputs[i] && gradients[i] && firstIndex(gradients[i], isNotFinite) !== null,
    );
    // a parameter says more than the input does
    const i = bad.find((i) => nameOf(node.inputs[i]?.variable) !== null) ?? bad[0];
    if (i === undefined) return;
    const gradient = gradients[i] as Tensor;
    const moment = atResult(origin.moment, undefined);
    const place = findPlace(gradient, isNotFinite, gradients[0] ?? null, moment, true) as Place;
    const parameter = nameOf(node.inputs[i]?.variable);
    const input = parameter === null ? `input ${i}` : `input ${i}, parameter "${parameter}"`;
    const message = `the backward of ${origin.described} gave ${printPlace(place, gradient)} for ${input}; the gradient that reached it is finite`;
    throw this.#fail(inBackward(message, node, origin, place, parameter));
  }

  accumulated(leaf: Variable): void {
    const gradient = leaf.grad as Tensor;
    const place = findPlace(gradient, isNotFinite, null, null, true);
    if (place === null) return;
    const parameter = nameOf(leaf);
    const of =
      parameter === null ? `a variable of shape ${printShape(leaf.shape)}` : `parameter "${parameter}"`;
    const message = `the gradient of ${of} adds up to ${printPlace(place, gradient)}; what was added is finite`;
    throw this.#fail(inBackward(message, null, null, place, parameter));
  }

  /** An operation with what says which one it is: its layer, or the parameters it uses. */
  #describe(name: string, inputs: readonly Operand[]): string {
    const operation = this.moment?.label === undefined ? `"${name}"` : `"${name}" of ${this.moment.label}`;
    const layer = this.running.at(-1);
    if (layer !== undefined) {
      return layer[0] === "" ? `${operation} in ${layer[1]}` : `${operation} in "${layer[0]}" (${layer[1]})`;
    }
    const names = inputs.map(nameOf).filter((each) => each !== null);
    return names.length === 0 ? operation : `"${name}" of ${names.map((each) => `"${each}"`).join(", ")}`;
  }

  #originOf(node: GraphNode): Origin {
    return this.#origins.get(node) ?? { layer: null, described: `"${node.name}"`, moment: null, call: null };
  }
}

function inBackward(
  message: string,
  node: GraphNode | null,
  origin: Origin | null,
  { step, position }: Place,
  parameter: string | null,
): Finding {
  return {
    message,
    operation: node?.name ?? null,
    pass: "backward",
    layer: origin?.layer ?? null,
    parameter,
    step,
    position,
    origin: origin?.call ?? null,
  };
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
      const at = firstIndex(value, isBad);
      if (at === null) continue;
      const parameter = nameOf(input);
      const who = parameter === null ? `input ${i}` : `input ${i}, parameter "${parameter}",`;
      return [`${who} is ${printElement(value, at)}`, parameter];
    }
  }
  return ["its inputs are finite", null];
}

/** Whether an operand may lead to infinite results by intention, as a mask of -Infinity does. */
function bringsInfinity(input: Operand): boolean {
  if (typeof input === "number") return isInfinite(input);
  if (input instanceof Parameter) return false;
  return firstIndex(input instanceof Variable ? input.value : input, isInfinite) !== null;
}

function nameOf(x: unknown): string | null {
  return x instanceof Parameter && x.name !== "" ? x.name : null;
}
