import type { Tensor } from "@rnn/tensor";
import type { ParameterGroup } from "./parameter-groups.ts";

/**
 * Changes parameters by their gradients: what the training loop, the schedules and checkpoints rely on.
 *
 * @public
 */
export interface Optimizer {
  /** The groups, whose options may be changed between steps. */
  readonly parameterGroups: readonly ParameterGroup[];
  /** Updates every parameter that has a gradient; one whose `grad` is `null` is left as it is. */
  step(): void;
  /** Forgets the gradients of all its parameters. */
  zeroGrad(options?: ZeroGradOptions): void;
  /** A copy of everything needed to continue exactly from here. */
  stateDict(): OptimizerState;
  /** Continues from a saved state. Nothing changes unless all of it fits. */
  loadStateDict(state: OptimizerState): void;
}

/**
 * Options of {@link Optimizer.zeroGrad}.
 *
 * @public
 */
export interface ZeroGradOptions {
  /**
   * Set gradients to `null`, so that parameters which get none are left as they are at the next step. With `false`
   * existing gradients are filled with zeros instead: momentum and decay then go on without a gradient, as in
   * PyTorch before version 2. Default `true`.
   */
  setToNull?: boolean | undefined;
}

/**
 * A saved optimizer: numbers and options that fit in JSON, and tensors.
 *
 * @remarks
 * Parameters are known by their position, counted over all groups. Tensors are called
 * `"<position>.<buffer>"` with PyTorch's buffer names: `"0.exp_avg"`.
 *
 * @public
 */
export interface OptimizerState {
  /** Class of the optimizer. */
  readonly optimizer: string;
  /** Options of every group, and how many parameters it has. */
  readonly groups: readonly { readonly size: number; readonly options: Readonly<Record<string, unknown>> }[];
  /** Number of updates of every parameter. */
  readonly steps: readonly number[];
  /** Momenta, running means and the like. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}
