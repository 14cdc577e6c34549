import type { Tensor } from "@rnn/tensor";
import type { GraphNode } from "./node.ts";
import type { Operand } from "./record.ts";
import type { Variable } from "./variable.ts";

/** What part of a sequence operations belong to. */
export interface Moment {
  /** Layer and direction, as messages call them. */
  readonly label?: string;
  /** The step that the operations belong to; `"of result"`: result i is step i; absent: tensors `[L, N, ...]` hold all steps. */
  readonly step?: number | "of result";
  /** Whether the last step comes first. */
  readonly reverse?: boolean;
  /** The step and row of the user's sequence that step `k` of row `place` is. */
  readonly locate?: (k: number, place: number) => readonly [step: number, row: number];
}

/** Looks at every value and gradient as it is computed. */
export interface GraphWatch {
  /** What is being computed, if it is part of a sequence. */
  moment: Moment | null;
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
  differentiated(node: GraphNode, gradients: readonly (Tensor | null)[]): void;
  /** After a gradient was added to that of a leaf. */
  accumulated(leaf: Variable): void;
}

/** The watch in force: `null`, and one comparison per operation, except inside `watching`. */
export let watch: GraphWatch | null = null;

/** Runs a part of a sequence, and lets the watch know which. */
export function during<T>(moment: Moment, fn: () => T): T {
  if (watch === null) return fn();
  const running = watch;
  const before = running.moment;
  running.moment = { ...before, ...moment };
  try {
    return fn();
  } finally {
    running.moment = before;
  }
}

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
