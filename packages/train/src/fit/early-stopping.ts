import {
  checkChoice,
  checkInteger,
  checkNumber,
  checkObject,
  checkOptions,
  type OptionNames,
  wrongKind,
} from "../check.ts";

/**
 * Options of {@link EarlyStopping}.
 *
 * @public
 */
export interface EarlyStoppingOptions {
  /** Stop after this many values in a row without improvement, at least 1. */
  patience: number;
  /** An improvement is a difference of more than this, at least 0. Default 0. */
  minDelta?: number | undefined;
  /** Whether smaller (`"min"`) or larger (`"max"`) values are better. Default `"min"`. */
  mode?: "min" | "max" | undefined;
}

const OPTIONS: OptionNames<EarlyStoppingOptions> = { patience: true, minDelta: true, mode: true };

/**
 * Watches a number, such as the validation loss, and tells when it has stopped improving.
 *
 * @remarks
 * NaN is never an improvement. {@link fit} does this by itself with its option `earlyStopping`.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `patience` is not a whole number of at least 1 (or `Infinity`), or `minDelta` is negative.
 *
 * @example
 * ```ts
 * import { EarlyStopping } from "@rnn/train";
 *
 * const stopping = new EarlyStopping({ patience: 2 });
 * const improved = [0.7, 0.5, 0.6, 0.5].map((loss) => stopping.update(loss));
 * improved; // => [true, true, false, false]
 * stopping.shouldStop; // => true
 * stopping.best; // => 0.5
 * ```
 *
 * @public
 */
export class EarlyStopping {
  readonly #patience: number;
  readonly #minDelta: number;
  readonly #sign: 1 | -1;
  #best: number | null = null;
  #waited = 0;

  constructor(options: EarlyStoppingOptions) {
    checkOptions("EarlyStopping", options, OPTIONS);
    const { patience, minDelta = 0, mode = "min" } = options;
    if (patience !== Number.POSITIVE_INFINITY) checkInteger("EarlyStopping", "patience", patience, 1);
    checkNumber("EarlyStopping", "minDelta", minDelta, { min: 0 });
    checkChoice("EarlyStopping", "mode", mode, ["min", "max"]);
    this.#patience = patience;
    this.#minDelta = minDelta;
    this.#sign = mode === "min" ? 1 : -1;
  }

  /** The best value so far; `null` before there is one. */
  get best(): number | null {
    return this.#best;
  }

  /** Whether the last `patience` values brought no improvement. */
  get shouldStop(): boolean {
    return this.#waited >= this.#patience;
  }

  /** The best value, and how many values ago it was. */
  stateDict(): { best: number | null; waited: number } {
    return { best: this.#best, waited: this.#waited };
  }

  /**
   * Continues from a saved state.
   *
   * @throws TypeError if the state is not an object.
   * @throws RangeError if the state is not of this form.
   */
  loadStateDict(state: { readonly best: number | null; readonly waited: number }): void {
    const where = "EarlyStopping.loadStateDict";
    checkObject(where, "state", state, "what stateDict() returned");
    const { best, waited } = state;
    if (best !== null && typeof best !== "number") throw wrongKind(where, "best", "a number or null", best);
    checkInteger(where, "waited", waited, 0);
    this.#best = best;
    this.#waited = waited;
  }

  /** Takes in the next value; returns whether it is the best so far. */
  update(value: number): boolean {
    const isBest =
      this.#best === null ? !Number.isNaN(value) : this.#sign * (this.#best - value) > this.#minDelta;
    this.#waited = isBest ? 0 : this.#waited + 1;
    if (isBest) this.#best = value;
    return isBest;
  }
}
