import type { DType, Tensor } from "@rnn/tensor";
import { changes } from "./changes.ts";
import type { Parameter } from "./parameter.ts";
import type { RowGradient } from "./row-gradient.ts";
import type { Variable } from "./variable.ts";

/** Gradients of a node's inputs, in input order; `null` where none is needed. */
export type InputGradients = readonly (Tensor | RowGradient | null)[];

/**
 * Where the gradient of one variable collects during a backward walk.
 *
 * The graph links slots and nodes, never variables: a value that no backward function saved can be collected
 * as soon as the caller lets go of it.
 */
export class GradientSlot {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The operation that made the variable; `null` for a leaf. */
  readonly node: GraphNode | null;
  /** The variable whose `grad` is filled in: every leaf, and results after `retainGrad()`. */
  variable: Variable | null;
  /** The sum of what has arrived in the current walk. */
  gradient: Tensor | null = null;
  /** Whether the engine made `gradient` itself, so that it may add to it in place. */
  isOwned = false;

  constructor(shape: readonly number[], dtype: DType, node: GraphNode | null, variable: Variable | null) {
    this.shape = shape;
    this.dtype = dtype;
    this.node = node;
    this.variable = variable;
  }
}

/** The slot of a variable that no operation made; throws if its dtype has no gradients. */
export function leafSlot(variable: Variable): GradientSlot {
  const { shape, dtype } = variable;
  if (dtype !== "float32" && dtype !== "float64") {
    throw new TypeError(`Variable: only float32 and float64 can require a gradient, got ${dtype}`);
  }
  return new GradientSlot(shape, dtype, null, variable);
}

/** One recorded operation. */
export class GraphNode {
  readonly name: string;
  /** Slots of the inputs; `null` for constants. Emptied when the node is freed. */
  inputs: readonly (GradientSlot | null)[];
  /** Slots of the results, in order. */
  readonly outputs: GradientSlot[] = [];
  /** Backward function of a node with one result. */
  backward: ((dy: Tensor) => InputGradients) | null;
  /** Backward function of a node with several results; exactly one of the two is set until the node is freed. */
  backwardAll: ((dys: readonly (Tensor | null)[]) => InputGradients) | null;
  /** Called once when the node is freed: nothing will read what the backward function captured. */
  release: (() => void) | null = null;
  /**
   * What the backward function does with the gradients of the results: it may keep them or pass them on to several inputs,
   * or only reads them, or returns a view of one of them to one input.
   */
  use: "any" | "read" | "view" = "any";
  /** The number of changes of parameters that the inputs had seen: see {@link checkUnchanged}. */
  readonly recordedAt: number = changes;
  /** Inputs that are parameters without a gradient, at their positions; `null` if there are none. */
  frozen: readonly (Parameter | undefined)[] | null;
  /** Number of the last walk that reached this node; says whether `pending` belongs to the current one. */
  walk = 0;
  /** Uses of the results that the current walk has not come back from yet. */
  pending = 0;

  constructor(
    name: string,
    inputs: readonly (GradientSlot | null)[],
    backward: ((dy: Tensor) => InputGradients) | null,
    backwardAll: ((dys: readonly (Tensor | null)[]) => InputGradients) | null,
    frozen: readonly (Parameter | undefined)[] | null,
  ) {
    this.name = name;
    this.inputs = inputs;
    this.backward = backward;
    this.backwardAll = backwardAll;
    this.frozen = frozen;
  }

  get isFreed(): boolean {
    return this.backward === null && this.backwardAll === null;
  }

  /** Drops the saved tensors and the way to earlier nodes. */
  free(): void {
    this.inputs = [];
    this.frozen = null;
    this.backward = null;
    this.backwardAll = null;
    this.release?.();
    this.release = null;
  }
}
