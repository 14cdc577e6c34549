import type { Optimizer } from "../optimizers/optimizer.ts";

/**
 * Changes learning rates as training goes on: what the training loop relies on.
 *
 * @public
 */
export interface Schedule {
  /** The optimizer whose rates it sets; {@link fit} refuses a schedule of another optimizer. */
  readonly optimizer?: Optimizer | undefined;
  /** Whether smaller or larger metrics are better, if it looks at them; {@link fit} refuses one that gets metrics of the other kind. */
  readonly mode?: "min" | "max" | undefined;
  /** When {@link fit} moves it on unless its option `scheduleEvery` says so. Default `"epoch"`. */
  readonly every?: "epoch" | "step" | undefined;
  /**
   * Moves on by one epoch or one update and sets the rates for the next.
   *
   * @param metric - how training is going: the monitored validation result, or the training loss
   */
  step(metric?: number): void;
  /** Its state, as plain data that fits in JSON. */
  stateDict(): Readonly<Record<string, unknown>>;
  /** Continues from a saved state. The optimizer's own state holds the rates in force. */
  loadStateDict(state: Readonly<Record<string, unknown>>): void;
}
