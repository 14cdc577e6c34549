import {
  checkChoice,
  checkInteger,
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  describe,
  type OptionNames,
} from "../check.ts";
import { checkOptimizer } from "../check-optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { Schedule } from "./schedule.ts";

/**
 * Options of {@link ReduceLROnPlateau}.
 *
 * @public
 */
export interface ReduceLROnPlateauOptions {
  /** Whether smaller or larger metrics are better. Default `"min"`. */
  mode?: "min" | "max" | undefined;
  /** What a rate is multiplied by, at least 0 and less than 1. Default 0.1. */
  factor?: number | undefined;
  /** Metrics in a row without improvement that are tolerated; the next one lowers the rates. Default 10. */
  patience?: number | undefined;
  /** What counts as an improvement. Default 0.0001. */
  threshold?: number | undefined;
  /** Whether the threshold is a share of the best metric (`"rel"`) or a difference (`"abs"`). Default `"rel"`. */
  thresholdMode?: "rel" | "abs" | undefined;
  /** Steps after a reduction during which nothing is counted. Default 0. */
  cooldown?: number | undefined;
  /** Smallest rate, for all parameter groups or for each. Default 0. */
  minLearningRate?: number | readonly number[] | undefined;
  /** Reductions of no more than this are not made. Default 1e-8. */
  eps?: number | undefined;
}

const OPTIONS: OptionNames<ReduceLROnPlateauOptions> = {
  mode: true,
  factor: true,
  patience: true,
  threshold: true,
  thresholdMode: true,
  cooldown: true,
  minLearningRate: true,
  eps: true,
};

/**
 * Lowers the learning rates when a metric, such as the validation loss, has stopped improving.
 *
 * @remarks
 * `torch.optim.lr_scheduler.ReduceLROnPlateau`.
 *
 * @throws TypeError if `optimizer` is not an optimizer, or for an unknown option.
 * @throws RangeError for options out of range, or a `step()` without a metric.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { ReduceLROnPlateau, SGD } from "@rnn/train";
 *
 * const optimizer = new SGD([new Parameter(tensor([1]))], { learningRate: 1 });
 * const schedule = new ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5 });
 * for (const loss of [0.7, 0.5, 0.6, 0.6]) schedule.step(loss);
 * optimizer.parameterGroups[0]?.learningRate; // => 0.5
 * ```
 *
 * @public
 */
export class ReduceLROnPlateau implements Schedule {
  /** The optimizer whose rates it lowers. */
  readonly optimizer: Optimizer;
  /** Whether smaller or larger metrics are better. */
  readonly mode: "min" | "max";
  readonly #options: {
    [Name in Exclude<keyof ReduceLROnPlateauOptions, "mode">]-?: Exclude<
      ReduceLROnPlateauOptions[Name],
      undefined
    >;
  };
  /** `null` before the first metric. */
  #best: number | null = null;
  #waited = 0;
  #cooling = 0;

  constructor(optimizer: Optimizer, options: ReduceLROnPlateauOptions = {}) {
    const where = "ReduceLROnPlateau";
    checkOptimizer(where, optimizer);
    checkOptions(where, options, OPTIONS);
    const { mode = "min", factor = 0.1, patience = 10, threshold = 1e-4, thresholdMode = "rel" } = options;
    const { cooldown = 0, minLearningRate = 0, eps = 1e-8 } = options;
    checkChoice(where, "mode", mode, ["min", "max"]);
    checkChoice(where, "thresholdMode", thresholdMode, ["rel", "abs"]);
    checkNumber(where, "factor", factor, { min: 0, below: 1 });
    checkInteger(where, "patience", patience, 0);
    checkInteger(where, "cooldown", cooldown, 0);
    checkNumber(where, "threshold", threshold, { min: 0 });
    checkNumber(where, "eps", eps, { min: 0 });
    const groups = optimizer.parameterGroups.length;
    if (typeof minLearningRate !== "number")
      checkList(where, "minLearningRate", minLearningRate, "rates or one rate");
    if (typeof minLearningRate !== "number" && minLearningRate.length !== groups) {
      throw new RangeError(
        `${where}: minLearningRate has ${minLearningRate.length} entries for ${groups} parameter groups`,
      );
    }
    for (const rate of typeof minLearningRate === "number" ? [minLearningRate] : minLearningRate) {
      checkNumber(where, "minLearningRate", rate, { min: 0 });
    }
    this.optimizer = optimizer;
    this.mode = mode;
    this.#options = { factor, patience, threshold, thresholdMode, cooldown, minLearningRate, eps };
  }

  /** Takes in the next metric, and lowers the rates after too many without improvement. */
  step(metric?: number): void {
    if (typeof metric !== "number") throw new RangeError("ReduceLROnPlateau.step: pass the metric to watch");
    if (this.#isBetter(metric)) {
      this.#best = metric;
      this.#waited = 0;
    } else {
      this.#waited++;
    }
    if (this.#cooling > 0) {
      this.#cooling--;
      this.#waited = 0;
    }
    if (this.#waited > this.#options.patience) {
      this.#reduce();
      this.#cooling = this.#options.cooldown;
      this.#waited = 0;
    }
  }

  /** The best metric, the steps since then, and those left of the cooldown. */
  stateDict(): { best: number | null; waited: number; cooling: number } {
    return { best: this.#best, waited: this.#waited, cooling: this.#cooling };
  }

  /**
   * Continues from a saved state.
   *
   * @throws TypeError if the state is not an object.
   * @throws RangeError if the state is not of this form.
   */
  loadStateDict(state: Readonly<Record<string, unknown>>): void {
    const where = "ReduceLROnPlateau.loadStateDict";
    checkObject(where, "state", state, "what stateDict() returned");
    const { best, waited, cooling } = state as Partial<ReturnType<ReduceLROnPlateau["stateDict"]>>;
    if (best !== null && (typeof best !== "number" || Number.isNaN(best))) {
      throw new RangeError(`${where}: best must be a number or null, got ${describe(best)}`);
    }
    checkInteger(where, "waited", waited as number, 0);
    checkInteger(where, "cooling", cooling as number, 0);
    this.#best = best;
    this.#waited = waited as number;
    this.#cooling = cooling as number;
  }

  #isBetter(metric: number): boolean {
    const { threshold, thresholdMode } = this.#options;
    const sign = this.mode === "min" ? -1 : 1;
    if (this.#best === null) return sign * metric > Number.NEGATIVE_INFINITY;
    const limit =
      thresholdMode === "rel" ? this.#best * (1 + sign * threshold) : this.#best + sign * threshold;
    return this.mode === "min" ? metric < limit : metric > limit;
  }

  #reduce(): void {
    const { factor, minLearningRate, eps } = this.#options;
    this.optimizer.parameterGroups.forEach((group, position) => {
      const least =
        typeof minLearningRate === "number" ? minLearningRate : (minLearningRate[position] as number);
      const rate = Math.max(group.learningRate * factor, least);
      if (group.learningRate - rate > eps) group.learningRate = rate;
    });
  }
}
