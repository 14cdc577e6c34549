import type { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { frozenParameters } from "./changes.ts";
import { isGradEnabled } from "./no-grad.ts";
import { GradientSlot, GraphNode } from "./node.ts";
import type { RowGradient } from "./row-gradient.ts";
import { Variable } from "./variable.ts";
import { watch } from "./watch.ts";

/**
 * What an operation on variables accepts: tensors and numbers are constants.
 *
 * @public
 */
export type Operand = Variable | Tensor | number;

/**
 * Makes the result of a differentiable operation: the only way to add a node to the graph.
 *
 * Nothing is kept when no input requires a gradient or inside {@link noGrad}. Otherwise the graph keeps the
 * backward function, and through it exactly the tensors that the function captures.
 *
 * @remarks
 * `backward` receives the gradient of the output (its shape) and returns one gradient per input, in order: `null` where
 * none is needed. A gradient may have the shape that broadcasting gave the input: the engine sums it back. That of a
 * table may be a {@link RowGradient}. `backward` may return `dy` itself or a view of it; it must not write into `dy`, and
 * must not return a tensor it saved.
 *
 * @param name - names the operation in error messages
 * @param inputs - the operands in order; those that are not variables are constants
 * @param output - the computed value
 *
 * @example
 * ```ts
 * import { record, type Variable, variable } from "@rnn/nn";
 *
 * function cube(x: Variable): Variable {
 *   const { value } = x;
 *   return record("cube", [x], value.pow(3), (dy) => [dy.mul(value.pow(2)).mul(3)]);
 * }
 * const x = variable(2, { requiresGrad: true });
 * cube(x).backward();
 * x.grad?.item(); // => 12
 * ```
 *
 * @public
 */
export function record(
  name: string,
  inputs: readonly Operand[],
  output: Tensor,
  backward: (dy: Tensor) => readonly (Tensor | RowGradient | null)[],
): Variable {
  checkNode(name, inputs, backward);
  const result = new Variable(output);
  const slots = isGradEnabled() ? slotsOf(inputs) : null;
  const node =
    slots === null ? null : new GraphNode(name, slots, backward, null, frozenParameters(inputs, slots));
  if (node !== null) attach(result, node);
  if (watch !== null) watch.computed(name, inputs, [output], node);
  return result;
}

/**
 * {@link record} for an operation with several results.
 *
 * @remarks
 * `backward` receives one gradient per output, in order: `null` for an output that the loss does not depend on.
 * It is not called when all are `null`.
 *
 * @param release - called once when a backward walk has freed the node, so that nothing will read what `backward`
 * captured: for memory that is to be used again. Never called if no walk comes by.
 *
 * @example
 * ```ts
 * import { recordAll, type Variable, variable } from "@rnn/nn";
 *
 * function signAndSize(x: Variable): Variable[] {
 *   const sign = x.value.sign();
 *   return recordAll("signAndSize", [x], [sign, x.value.abs()], ([, dSize]) => [dSize ? dSize.mul(sign) : null]);
 * }
 * const x = variable([-2, 3], { requiresGrad: true });
 * const [, size] = signAndSize(x);
 * size?.sum().backward();
 * x.grad?.toArray(); // => [-1, 1]
 * ```
 *
 * @public
 */
export function recordAll(
  name: string,
  inputs: readonly Operand[],
  outputs: readonly Tensor[],
  backward: (dys: readonly (Tensor | null)[]) => readonly (Tensor | RowGradient | null)[],
  release?: (() => void) | undefined,
): Variable[] {
  checkNode(name, inputs, backward);
  if (!Array.isArray(outputs)) {
    throw new TypeError(
      `recordAll: outputs of "${name}" must be an array of tensors, got ${describe(outputs)}`,
    );
  }
  const results = outputs.map((output: Tensor) => new Variable(output));
  const slots = isGradEnabled() ? slotsOf(inputs) : null;
  const node =
    slots === null ? null : new GraphNode(name, slots, null, backward, frozenParameters(inputs, slots));
  if (node !== null) {
    node.release = release ?? null;
    for (const result of results) attach(result, node);
  }
  if (watch !== null) watch.computed(name, inputs, outputs, node);
  return results;
}

function checkNode(name: string, inputs: readonly Operand[], backward: unknown): void {
  if (!Array.isArray(inputs)) {
    throw new TypeError(`record: inputs of "${name}" must be an array, got ${describe(inputs)}`);
  }
  if (typeof backward !== "function") {
    throw new TypeError(`record: backward of "${name}" must be a function, got ${describe(backward)}`);
  }
}

/**
 * Says of a result just recorded what its backward function does with the gradients of the results, so that their memory can be
 * used again: see {@link GraphNode.use}.
 */
export function gradientUse<Result extends Variable>(use: "read" | "view", result: Result): Result {
  const node = result._slot?.node;
  if (node) node.use = use;
  return result;
}

/** Whether an operation on these inputs becomes a node of the graph, so that its backward function may be called. */
export function isRecorded(inputs: readonly Operand[]): boolean {
  return isGradEnabled() && slotsOf(inputs) !== null;
}

/** Slots of the inputs, or `null` if none of them requires a gradient. */
function slotsOf(inputs: readonly Operand[]): (GradientSlot | null)[] | null {
  let slots: (GradientSlot | null)[] | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i];
    if (!(input instanceof Variable) || input._slot === null) continue;
    slots ??= new Array<GradientSlot | null>(inputs.length).fill(null);
    slots[i] = input._slot;
  }
  return slots;
}

function attach(result: Variable, node: GraphNode): void {
  const slot = new GradientSlot(result.value.shape, result.value.dtype, node, null);
  node.outputs.push(slot);
  result._slot = slot;
}
