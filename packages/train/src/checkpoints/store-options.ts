import type { OptionNames } from "../check.ts";

/**
 * Options of the stores of checkpoints.
 *
 * @public
 */
export interface StoreOptions {
  /** How many of the newest checkpoints stay, at least 1. Default 3. */
  keep?: number | undefined;
}

/** The names of {@link StoreOptions}. */
export const STORE: OptionNames<StoreOptions> = { keep: true };
