import { printShape } from "../shape.ts";
import type { GradientSlot, GraphNode } from "./node.ts";
import type { Parameter } from "./parameter.ts";
import { readsValue } from "./read-values.ts";

/** How often any parameter has been changed in place: the time by which nodes and parameters are compared. */
export let changes = 0;

/** Counts one more change; returns its number. */
export function nextChange(): number {
  return ++changes;
}

/** The inputs that are parameters without a gradient of their own, which no slot leads to; `null` if there are none. */
export function frozenParameters(
  inputs: readonly unknown[],
  slots: readonly (GradientSlot | null)[],
): (Parameter | undefined)[] | null {
  let frozen: (Parameter | undefined)[] | null = null;
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] !== null) continue;
    const parameter = asParameter(inputs[i]);
    if (parameter === null) continue;
    frozen ??= [];
    frozen[i] = parameter;
  }
  return frozen;
}

/** Throws if a parameter whose value the backward function of `node` reads was changed since the node was recorded. */
export function checkUnchanged(node: GraphNode): void {
  for (let i = 0; i < node.inputs.length; i++) {
    const slot = node.inputs[i];
    const parameter = slot ? parameterBehind(slot) : node.frozen?.[i];
    if (!parameter || parameter._changedAt <= node.recordedAt) continue;
    if (!readsValue(node, i, (slot ?? parameter).shape)) continue;
    const name = parameter.name === "" ? `of shape ${printShape(parameter.shape)}` : `"${parameter.name}"`;
    throw new Error(
      `backward: parameter ${name} was changed after "${node.name}" had used it, so the gradients would be wrong; ` +
        "call backward() before optimizer.step(), loadStateDict() and the like, or compute the loss again",
    );
  }
}

/** Operations whose result is always a view of their input. */
const views = new Set([
  "transpose",
  "permute",
  "expand",
  "squeeze",
  "unsqueeze",
  "select",
  "slice",
  "split",
  "chunk",
  "unbind",
]);

/** The parameter that a slot belongs to, or that the value of its variable is a view of. */
function parameterBehind(slot: GradientSlot): Parameter | null {
  let source = slot;
  while (source.node !== null) {
    const { name, inputs } = source.node;
    const [before] = inputs;
    // a reshape copies what is not contiguous; a parameter is
    const isView = views.has(name) || ((name === "reshape" || name === "flatten") && before?.node === null);
    if (!isView || !before) return null;
    source = before;
  }
  return asParameter(source.variable);
}

/** `input` if it is a parameter; `instanceof` would make the modules depend on each other when they are loaded. */
function asParameter(input: unknown): Parameter | null {
  const isParameter = typeof input === "object" && input !== null && "_changedAt" in input;
  return isParameter ? (input as unknown as Parameter) : null;
}
