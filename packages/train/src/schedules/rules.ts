import { checkFunction, checkInteger, checkList, checkNumber, checkOptions, describe } from "../check.ts";
import type { ScheduleRule } from "./lr-scheduler.ts";

/**
 * Multiplies the rate by `gamma` every `stepSize` steps: rate = initial · gamma^⌊step / stepSize⌋.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `stepSize` is not a whole number of at least 1, or `gamma` is negative.
 *
 * @example
 * ```ts
 * import { stepLR } from "@rnn/train";
 *
 * const rule = stepLR({ stepSize: 2, gamma: 0.5 });
 * [0, 1, 2, 3, 4].map((step) => rule(step, 8, 0)); // => [8, 8, 4, 4, 2]
 * ```
 *
 * @public
 */
export function stepLR(options: { stepSize: number; gamma?: number | undefined }): ScheduleRule {
  checkOptions("stepLR", options, { stepSize: true, gamma: true });
  const { stepSize, gamma = 0.1 } = options;
  checkInteger("stepLR", "stepSize", stepSize, 1);
  checkNumber("stepLR", "gamma", gamma, { min: 0 });
  return (step, initial) => initial * gamma ** Math.floor(step / stepSize);
}

/**
 * Multiplies the rate by `gamma` at each of the `milestones`: rate = initial · gamma^(milestones ≤ step).
 *
 * @remarks
 * A milestone given twice counts twice.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if a milestone is not a whole number of at least 0, or `gamma` is negative.
 *
 * @example
 * ```ts
 * import { multiStepLR } from "@rnn/train";
 *
 * const rule = multiStepLR({ milestones: [1, 3], gamma: 0.5 });
 * [0, 1, 2, 3, 4].map((step) => rule(step, 8, 0)); // => [8, 4, 4, 2, 2]
 * ```
 *
 * @public
 */
export function multiStepLR(options: {
  milestones: readonly number[];
  gamma?: number | undefined;
}): ScheduleRule {
  checkOptions("multiStepLR", options, { milestones: true, gamma: true });
  const { milestones, gamma = 0.1 } = options;
  checkList("multiStepLR", "milestones", milestones, "steps");
  for (const milestone of milestones) checkInteger("multiStepLR", "milestones", milestone, 0);
  checkNumber("multiStepLR", "gamma", gamma, { min: 0 });
  return (step, initial) => initial * gamma ** milestones.filter((milestone) => milestone <= step).length;
}

/**
 * Multiplies the rate by `gamma` at every step: rate = initial · gamma^step.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `gamma` is negative.
 *
 * @example
 * ```ts
 * import { exponentialLR } from "@rnn/train";
 *
 * const rule = exponentialLR({ gamma: 0.5 });
 * [0, 1, 2].map((step) => rule(step, 8, 0)); // => [8, 4, 2]
 * ```
 *
 * @public
 */
export function exponentialLR(options: { gamma: number }): ScheduleRule {
  checkOptions("exponentialLR", options, { gamma: true });
  const { gamma } = options;
  checkNumber("exponentialLR", "gamma", gamma, { min: 0 });
  return (step, initial) => initial * gamma ** step;
}

/**
 * Lets the rate fall to `etaMin` along half a cosine, and rise again:
 * rate = etaMin + (initial - etaMin) · (1 + cos(π · step / tMax)) / 2.
 *
 * @remarks
 * `tMax` is half a period. Source: Loshchilov & Hutter 2017 (SGDR), without restarts.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `tMax` is not a whole number of at least 1, or `etaMin` is negative.
 *
 * @example
 * ```ts
 * import { cosineAnnealingLR } from "@rnn/train";
 *
 * const rule = cosineAnnealingLR({ tMax: 4 });
 * [0, 1, 4, 7, 8].map((step) => rule(step, 8, 0)); // => [8, 6.828, 0, 6.828, 8]
 * ```
 *
 * @public
 */
export function cosineAnnealingLR(options: { tMax: number; etaMin?: number | undefined }): ScheduleRule {
  checkOptions("cosineAnnealingLR", options, { tMax: true, etaMin: true });
  const { tMax, etaMin = 0 } = options;
  checkInteger("cosineAnnealingLR", "tMax", tMax, 1);
  checkNumber("cosineAnnealingLR", "etaMin", etaMin, { min: 0 });
  return (step, initial) => etaMin + ((initial - etaMin) * (1 + Math.cos((Math.PI * step) / tMax))) / 2;
}

/**
 * Moves the rate in a straight line from `startFactor` to `endFactor` times the initial rate in `totalIters` steps, then
 * leaves it: a warm-up by default.
 *
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `totalIters` is not a whole number of at least 1, or a factor is negative.
 *
 * @example
 * ```ts
 * import { linearLR } from "@rnn/train";
 *
 * const rule = linearLR({ startFactor: 0.25, totalIters: 3 });
 * [0, 1, 2, 3, 4].map((step) => rule(step, 8, 0)); // => [2, 4, 6, 8, 8]
 * ```
 *
 * @public
 */
export function linearLR(
  options: {
    startFactor?: number | undefined;
    endFactor?: number | undefined;
    totalIters?: number | undefined;
  } = {},
): ScheduleRule {
  checkOptions("linearLR", options, { startFactor: true, endFactor: true, totalIters: true });
  const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
  checkNumber("linearLR", "startFactor", startFactor, { min: 0 });
  checkNumber("linearLR", "endFactor", endFactor, { min: 0 });
  checkInteger("linearLR", "totalIters", totalIters, 1);
  return (step, initial) =>
    initial * (startFactor + ((endFactor - startFactor) * Math.min(step, totalIters)) / totalIters);
}

/**
 * Multiplies the initial rate by a function of the step: rate = initial · factor(step).
 *
 * @remarks
 * PyTorch's `LambdaLR`. A warm-up is `lambdaLR((step) => Math.min(1, (step + 1) / 100))`.
 *
 * @throws TypeError if `factor` is not a function.
 *
 * @example
 * ```ts
 * import { lambdaLR } from "@rnn/train";
 *
 * const rule = lambdaLR((step) => 1 / Math.sqrt(1 + step));
 * [0, 3, 8].map((step) => rule(step, 6, 0)); // => [6, 3, 2]
 * ```
 *
 * @public
 */
export function lambdaLR(factor: (step: number) => number): ScheduleRule {
  checkFunction("lambdaLR", "factor", factor);
  return (step, initial) => initial * factor(step);
}

/**
 * One rule after another: rule k applies from milestone k - 1 on, and counts its steps from there.
 *
 * @param rules - the rules, one more than there are milestones
 * @param milestones - the steps at which the next rule takes over, increasing
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if the numbers do not fit, or the milestones do not increase.
 *
 * @example
 * ```ts
 * import { exponentialLR, linearLR, sequentialLR } from "@rnn/train";
 *
 * const rule = sequentialLR([linearLR({ startFactor: 0.5, totalIters: 2 }), exponentialLR({ gamma: 0.5 })], [2]);
 * [0, 1, 2, 3, 4].map((step) => rule(step, 8, 0)); // => [4, 6, 8, 4, 2]
 * ```
 *
 * @public
 */
export function sequentialLR(rules: readonly ScheduleRule[], milestones: readonly number[]): ScheduleRule {
  checkList("sequentialLR", "rules", rules, "rules");
  rules.forEach((rule, k) => {
    checkFunction("sequentialLR", `rules[${k}]`, rule);
  });
  checkList("sequentialLR", "milestones", milestones, "steps");
  const isIncreasing = milestones.every((milestone, k) => milestone > (milestones[k - 1] ?? 0));
  if (rules.length !== milestones.length + 1 || !isIncreasing) {
    throw new RangeError(
      `sequentialLR: ${rules.length} rules need ${rules.length - 1} increasing milestones, got ${describe([...milestones])}`,
    );
  }
  return (step, initial, group) => {
    const position = milestones.filter((milestone) => milestone <= step).length;
    const rule = rules[position] as ScheduleRule;
    return rule(step - (milestones[position - 1] ?? 0), initial, group);
  };
}
