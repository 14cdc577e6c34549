import { add, ones, ShapeError, sum, Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import type { FloatArray } from "../dtype.ts";
import { isLent, leave, takeBack } from "../memory/buffer-pool.ts";
import { addRun } from "../memory/copy-run.ts";
import { checkFlag, checkOptions, type OptionNames } from "../options-check.ts";
import { printShape, sameShape } from "../shape.ts";
import { changes, checkUnchanged } from "./changes.ts";
import type { GradientSlot, GraphNode, InputGradients } from "./node.ts";
import { RowGradient } from "./row-gradient.ts";
import type { Variable } from "./variable.ts";
import { watch } from "./watch.ts";

/**
 * How {@link Variable.backward} treats the graph.
 *
 * @public
 */
export interface BackwardOptions {
  /** Keep the graph, so that it can be walked again. Default `false`. */
  retainGraph?: boolean | undefined;
}

const optionNames: OptionNames<BackwardOptions> = { retainGraph: true };

/** Counts walks, so that scratch fields of nodes need no cleaning, also after an error. */
let walks = 0;

/**
 * Adds the gradient of `root` to every leaf it depends on.
 *
 * A node runs once everything that uses its results has run; the walk keeps its own stack, so the depth of
 * the graph is limited by memory alone.
 */
export function backward(root: Variable, gradient: Tensor | undefined, options: BackwardOptions): void {
  checkGradient(gradient);
  checkOptions("backward", options, optionNames);
  checkFlag("backward", "retainGraph", options.retainGraph);
  const slot = root._slot;
  if (slot === null) {
    throw new Error(
      "backward: this variable depends on nothing that requires a gradient; was it detached, or computed inside noGrad?",
    );
  }
  const seed = rootGradient(root.value, gradient);
  if (slot.node === null) {
    addToGrad(root, seed, false);
    return;
  }
  countUses(slot.node);
  slot.gradient = seed;
  const ready: GraphNode[] = [slot.node];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    const gradients = run(node);
    const inputs = node.inputs;
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i];
      if (!input) continue;
      const dx = gradients?.[i];
      if (dx instanceof RowGradient) deliverRows(node, i, input, dx, gradients as InputGradients);
      else if (dx !== null && dx !== undefined) deliver(node, i, input, dx, gradients as InputGradients);
      if (input.node !== null && --input.node.pending === 0) ready.push(input.node);
    }
    for (const output of node.outputs) output.gradient = null;
    if (options.retainGraph !== true) node.free();
  }
}

function checkGradient(gradient: Tensor | undefined): void {
  if (gradient === undefined || gradient instanceof Tensor) return;
  const hint = Object.hasOwn(Object(gradient), "retainGraph")
    ? "; options come second: backward(undefined, { retainGraph: true })"
    : "";
  throw new TypeError(`backward: gradient must be a Tensor, got ${describe(gradient)}${hint}`);
}

/** The gradient the walk starts with: the caller's, or one for a variable of one element. */
function rootGradient(value: Tensor, gradient: Tensor | undefined): Tensor {
  if (gradient === undefined) {
    if (value.size !== 1) {
      throw new ShapeError(
        `backward: loss has shape ${printShape(value.shape)}; backward() without a gradient needs one element, so reduce it first: loss.mean()`,
      );
    }
    return ones(value.shape, { dtype: value.dtype });
  }
  if (!sameShape(gradient.shape, value.shape)) {
    throw new ShapeError(
      `backward: gradient has shape ${printShape(gradient.shape)}, but the variable has shape ${printShape(value.shape)}`,
    );
  }
  return gradient.dtype === value.dtype ? gradient : gradient.to(value.dtype);
}

/** Finds the nodes below `root`, counts how often each is used and clears what an earlier walk left. */
function countUses(root: GraphNode): void {
  const walk = ++walks;
  const stack = [root];
  visit(root, walk);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const input of node.inputs) {
      const producer = input?.node;
      if (!producer) continue;
      if (producer.walk !== walk) {
        visit(producer, walk);
        stack.push(producer);
      }
      producer.pending++;
    }
  }
}

function visit(node: GraphNode, walk: number): void {
  if (node.isFreed) {
    throw new Error(
      `backward: the graph of "${node.name}" was already freed by an earlier backward(). To carry state from one ` +
        "chunk to the next, pass it on detached: h.detach() for a variable, detachState(state) of @rnn/train for the state " +
        "of a layer. To differentiate several losses of one graph, add them up and call backward() once, or pass " +
        "retainGraph to all but the last call: backward(undefined, { retainGraph: true })",
    );
  }
  if (node.recordedAt !== changes) checkUnchanged(node);
  node.walk = walk;
  node.pending = 0;
  for (const output of node.outputs) output.gradient = null;
}

/** Gradients of the node's inputs, or `null` if no gradient reached its results. */
function run(node: GraphNode): InputGradients | null {
  const { outputs } = node;
  let reached = false;
  for (const output of outputs) {
    if (output.gradient === null) continue;
    reached = true;
    if (output.variable !== null) addToGrad(output.variable, output.gradient, false);
  }
  if (!reached) return null;
  if (watch !== null) watch.arrived(node);
  const gradients =
    node.backward !== null
      ? node.backward((outputs[0] as GradientSlot).gradient as Tensor)
      : (node.backwardAll as NonNullable<GraphNode["backwardAll"]>)(outputs.map((output) => output.gradient));
  if (!Array.isArray(gradients)) {
    throw new TypeError(
      `backward of "${node.name}": must return an array of gradients, got ${describe(gradients)}`,
    );
  }
  if (gradients.length !== node.inputs.length) {
    throw new Error(
      `backward of "${node.name}": returned ${gradients.length} gradients for ${node.inputs.length} inputs`,
    );
  }
  for (const { gradient } of outputs) {
    if (gradient === null) continue;
    if (node.use === "read") takeBack(gradient.data);
    else if (node.use === "any") leave(gradient.data);
  }
  if (watch === null) return gradients;
  const tensors = gradients.map((gradient) =>
    gradient instanceof RowGradient ? gradient.toTensor() : gradient,
  );
  watch.differentiated(node, tensors);
  return tensors;
}

/** Adds `dx`, the gradient that `node` computed for its input number `index`, to that input. */
function deliver(
  node: GraphNode,
  index: number,
  input: GradientSlot,
  dx: Tensor,
  gradients: InputGradients,
): void {
  if (!(dx instanceof Tensor)) {
    throw new TypeError(
      `backward of "${node.name}": gradient of input ${index} must be a Tensor or null, got ${describe(dx)}`,
    );
  }
  let gradient = dx;
  if (!sameShape(gradient.shape, input.shape)) gradient = sumToShape(node, index, gradient, input.shape);
  if (gradient.dtype !== input.dtype) gradient = gradient.to(input.dtype);
  if (input.node === null) {
    const leaf = input.variable as Variable;
    addToGrad(leaf, gradient, gradient !== dx || isExclusive(node, index, gradients));
    if (watch !== null) watch.accumulated(leaf);
  } else if (input.gradient === null) {
    input.gradient = gradient;
    input.isOwned = false;
  } else if (input.isOwned || isLent(input.gradient)) {
    addInPlace(input.gradient, gradient);
    takeBack(gradient.data);
  } else {
    input.gradient = add(input.gradient, gradient);
    input.isOwned = true;
  }
}

/** {@link deliver} for rows: they are kept as such for a table that has no other gradient. */
function deliverRows(
  node: GraphNode,
  index: number,
  input: GradientSlot,
  rows: RowGradient,
  gradients: InputGradients,
): void {
  const table = input.node === null ? input.variable : null;
  const fits = rows.dtype === input.dtype && sameShape(rows.shape, input.shape);
  if (table === null || table._grad !== null || !fits) {
    deliver(node, index, input, rows.toTensor(), gradients);
  } else {
    table._rowGrad = table._rowGrad === null ? rows : table._rowGrad.plus(rows);
  }
}

/** Undoes broadcasting: sums over the dimensions that the input does not have, or has with size 1. */
function sumToShape(node: GraphNode, index: number, gradient: Tensor, shape: readonly number[]): Tensor {
  const extra = gradient.ndim - shape.length;
  const dims: number[] = [];
  let fits = extra >= 0;
  for (let dim = 0; fits && dim < gradient.ndim; dim++) {
    const size = dim < extra ? 1 : (shape[dim - extra] as number);
    if (dim < extra || (size === 1 && gradient.shape[dim] !== 1)) dims.push(dim);
    else fits = size === gradient.shape[dim];
  }
  if (!fits) {
    throw new ShapeError(
      `backward of "${node.name}": gradient of input ${index} has shape ${printShape(gradient.shape)}, ` +
        `which does not sum to the input's shape ${printShape(shape)}`,
    );
  }
  return sum(gradient, { dim: dims, keepdim: true }).reshape(shape);
}

/** Adds to `variable.grad`; keeps `gradient` itself only if nobody else holds its memory. */
function addToGrad(variable: Variable, gradient: Tensor, isExclusive: boolean): void {
  if (variable.grad !== null) {
    if (variable.grad.isContiguous) addInPlace(variable.grad, gradient);
    else variable.grad = add(variable.grad, gradient);
  } else {
    const { data } = gradient;
    const isWhole = gradient.isContiguous && data.length === gradient.size && data.byteOffset === 0;
    if (isExclusive && isWhole) leave(data);
    variable.grad = isExclusive && isWhole ? gradient : gradient.clone();
  }
}

/** Whether gradient number `index` shares its memory neither with the node's own gradients nor with its siblings. */
function isExclusive(node: GraphNode, index: number, gradients: InputGradients): boolean {
  const data = dataOf(gradients[index]);
  for (const output of node.outputs) if (output.gradient?.data === data) return false;
  for (let i = 0; i < gradients.length; i++) if (i !== index && dataOf(gradients[i]) === data) return false;
  return true;
}

function dataOf(gradient: InputGradients[number] | undefined): unknown {
  return gradient instanceof RowGradient ? gradient.values : gradient?.data;
}

/** `target += gradient` for a contiguous `target` of the same shape and dtype. */
function addInPlace(target: Tensor, gradient: Tensor): void {
  const source = gradient.isContiguous ? gradient : gradient.contiguous();
  const to = target.data as FloatArray;
  const from = source.data as FloatArray;
  addRun(from, source.offset, to, target.offset, target.size);
}
