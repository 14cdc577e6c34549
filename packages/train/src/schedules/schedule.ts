import type { Optimizer } from "../optimizers/optimizer.ts";

/**
 * Changes learning rates as training goes on: what the training loop relies on.
 *
 * @public
 */
export interface Schedule {
  /** Whose rates it sets; lets {@link fit} find out if that is another optimizer than its own. */
  readonly optimizer?: Optimizer | undefined;
  /** Which metrics are better, if it judges them; lets {@link fit} find out if it is shown one of the other kind. */
  readonly mode?: "min" | "max" | undefined;
  /**
   * Moves on by one epoch or one update and sets the rates for the next.
   *
   * @param metric - how training is going: the monitored validation result, or the training loss
   */
  step(metric?: number): void;
  /** Where it is now, as plain data that fits in JSON. */
  stateDict(): Readonly<Record<string, unknown>>;
  /** Goes on from a saved state. The optimizer's own state holds the rates in force. */
  loadStateDict(state: Readonly<Record<string, unknown>>): void;
}
