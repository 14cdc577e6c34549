import type { Tensor } from "@rnn/tensor";
import type { GraphNode, InputGradients } from "./node.ts";
import type { Operand } from "./record.ts";
import type { Variable } from "./variable.ts";

/** Looks at every value and gradient as it is computed. */
export interface GraphWatch {
  /** After an operation; `node` is `null` if it was not recorded. */
  computed(
    name: string,
    inputs: readonly Operand[],
    outputs: readonly Tensor[],
    node: GraphNode | null,
  ): void;
  /** Before the backward function of a node runs: the gradients of its results are complete. */
  arrived(node: GraphNode): void;
  /** After the backward function of a node ran. */
  differentiated(node: GraphNode, gradients: InputGradients): void;
  /** After a gradient was added to that of a leaf. */
  accumulated(leaf: Variable): void;
}

/** The watch in force: `null`, and one comparison per operation, except inside `watching`. */
export let watch: GraphWatch | null = null;

/** Runs `fn` under a watch. */
export function watching<T>(next: GraphWatch, fn: () => T): T {
  const before = watch;
  watch = next;
  try {
    return fn();
  } finally {
    watch = before;
  }
}
