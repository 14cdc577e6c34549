import {
  checkBoolean,
  checkChoice,
  checkInteger,
  checkList,
  checkNumber,
  checkOptions,
  type OptionNames,
} from "../check.ts";
import type { ScheduleRule, ScheduleRules } from "./lr-scheduler.ts";

/**
 * Options of {@link oneCycleLR}.
 *
 * @public
 */
export interface OneCycleOptions {
  /** Rate at the top, for all parameter groups or for each. */
  maxLearningRate: number | readonly number[];
  /** Number of updates in the cycle. */
  totalSteps: number;
  /** Share of the cycle in which the rate rises, from 0 to 1. Default 0.3. */
  pctStart?: number | undefined;
  /** How the rate moves between two values. Default `"cos"`. */
  annealStrategy?: "cos" | "linear" | undefined;
  /** The first rate is `maxLearningRate` divided by this. Default 25. */
  divFactor?: number | undefined;
  /** The last rate is the first divided by this. Default 10000. */
  finalDivFactor?: number | undefined;
  /** Fall as steeply as the rise, then fall on to the last rate. Default `false`. */
  threePhase?: boolean | undefined;
  /** Move the momentum against the rate. Default `true`. */
  cycleMomentum?: boolean | undefined;
  /** Momentum at the top of the rate. Default 0.85. */
  baseMomentum?: number | undefined;
  /** Momentum at both ends. Default 0.95. */
  maxMomentum?: number | undefined;
}

const OPTIONS: OptionNames<OneCycleOptions> = {
  maxLearningRate: true,
  totalSteps: true,
  pctStart: true,
  annealStrategy: true,
  divFactor: true,
  finalDivFactor: true,
  threePhase: true,
  cycleMomentum: true,
  baseMomentum: true,
  maxMomentum: true,
};

/** A stretch of the cycle: the value moves from `start` to `end`, which it reaches at step `until`. */
interface Phase {
  readonly until: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The one-cycle policy: the rate rises from low to `maxLearningRate` and falls to almost nothing, once over the whole training.
 *
 * @remarks
 * It moves on after every update: {@link fit} does so; in a loop of your own, call `step()` there. The initial rate of the
 * optimizer does not matter.
 * PyTorch's `OneCycleLR`; its `max_lr` is `maxLearningRate`. Source: Smith & Topin 2018.
 *
 * @throws TypeError for an option of another kind or an unknown one.
 * @throws RangeError for options out of range, and at a step after `totalSteps`.
 *
 * @example
 * ```ts
 * import { oneCycleLR } from "@rnn/train";
 *
 * const { learningRate } = oneCycleLR({ maxLearningRate: 1, totalSteps: 10 });
 * [0, 2, 9].map((step) => learningRate(step, 0, 0)); // => [0.04, 1, 0.000004]
 * ```
 *
 * @public
 */
export function oneCycleLR(options: OneCycleOptions): ScheduleRules {
  checkCycle(options);
  const { maxLearningRate, divFactor = 25, finalDivFactor = 1e4, cycleMomentum = true } = options;
  const { baseMomentum = 0.85, maxMomentum = 0.95 } = options;
  const learningRate: ScheduleRule = (step, _initial, group) => {
    const top =
      typeof maxLearningRate === "number" ? maxLearningRate : (maxLearningRate[group] ?? Number.NaN);
    const first = top / divFactor;
    return cycle(step, options, first, top, first / finalDivFactor);
  };
  const momentum: ScheduleRule = (step) => cycle(step, options, maxMomentum, baseMomentum, maxMomentum);
  return { learningRate, ...(cycleMomentum ? { momentum } : {}), every: "step" };
}

/** The value at `step` of a cycle from `first` to `top` and on to `last`; three phases come through `first` again. */
function cycle(
  step: number,
  { totalSteps, pctStart = 0.3, annealStrategy = "cos", threePhase = false }: OneCycleOptions,
  first: number,
  top: number,
  last: number,
): number {
  if (step > totalSteps) {
    throw new RangeError(`oneCycleLR: moved on ${step} times, but the cycle has ${totalSteps} steps`);
  }
  const rise = pctStart * totalSteps;
  const phases: Phase[] = threePhase
    ? [
        { until: rise - 1, start: first, end: top },
        { until: 2 * rise - 2, start: top, end: first },
        { until: totalSteps - 1, start: first, end: last },
      ]
    : [
        { until: rise - 1, start: first, end: top },
        { until: totalSteps - 1, start: top, end: last },
      ];
  let from = 0;
  for (const { until, start, end } of phases) {
    if (step <= until) {
      const share = until > from ? (step - from) / (until - from) : 1;
      return annealStrategy === "linear"
        ? start + (end - start) * share
        : end + ((start - end) / 2) * (1 + Math.cos(Math.PI * share));
    }
    from = until;
  }
  return last;
}

function checkCycle(options: OneCycleOptions): void {
  const where = "oneCycleLR";
  checkOptions(where, options, OPTIONS);
  const { maxLearningRate, totalSteps, pctStart = 0.3, annealStrategy = "cos" } = options;
  const { divFactor = 25, finalDivFactor = 1e4, baseMomentum = 0.85, maxMomentum = 0.95 } = options;
  const { threePhase = false, cycleMomentum = true } = options;
  if (typeof maxLearningRate !== "number")
    checkList(where, "maxLearningRate", maxLearningRate, "rates or one rate");
  for (const rate of typeof maxLearningRate === "number" ? [maxLearningRate] : maxLearningRate) {
    checkNumber(where, "maxLearningRate", rate, { min: 0 });
  }
  checkInteger(where, "totalSteps", totalSteps, 1);
  checkNumber(where, "pctStart", pctStart, { min: 0 });
  if (pctStart > 1) throw new RangeError(`${where}: pctStart must be at most 1, got ${pctStart}`);
  checkChoice(where, "annealStrategy", annealStrategy, ["cos", "linear"]);
  for (const [name, value] of Object.entries({ divFactor, finalDivFactor, baseMomentum, maxMomentum })) {
    checkNumber(where, name, value, { min: 0 });
  }
  checkBoolean(where, "threePhase", threePhase);
  checkBoolean(where, "cycleMomentum", cycleMomentum);
}
