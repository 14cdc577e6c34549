import { checkFunction, checkInteger, checkNumber, checkObject, describe, wrongKind } from "../check.ts";
import { checkOptimizer } from "../check-optimizer.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { ParameterGroup } from "../optimizers/parameter-groups.ts";
import type { Schedule } from "./schedule.ts";

/**
 * A number as a function of the step: most schedules are one.
 *
 * @param step - number of calls of `step()` so far
 * @param initial - the learning rate (or momentum) that the parameter group had at the start
 * @param group - position of the parameter group
 *
 * @public
 */
export type ScheduleRule = (step: number, initial: number, group: number) => number;

/**
 * Rules for the learning rate and, where a schedule moves it too, the momentum.
 *
 * @public
 */
export interface ScheduleRules {
  /** For the learning rate. */
  readonly learningRate: ScheduleRule;
  /** For `momentum`, or the first of Adam's `betas`. */
  readonly momentum?: ScheduleRule | undefined;
  /** Whether a step is an epoch or an update, for {@link fit}. Default `"epoch"`. */
  readonly every?: "epoch" | "step" | undefined;
}

/**
 * Sets the learning rate of every parameter group to a function of the step.
 *
 * The rate of step 0 is set at once; every `step()` sets the next.
 *
 * @remarks
 * Rules are plain functions: {@link stepLR}, {@link multiStepLR}, {@link exponentialLR}, {@link cosineAnnealingLR},
 * {@link linearLR}, {@link lambdaLR}, {@link sequentialLR} and {@link oneCycleLR} make the usual ones; your own function will do,
 * too. The rates are those of the classes of the same names in `torch.optim.lr_scheduler`.
 *
 * @throws TypeError if `optimizer` is not an optimizer, or `rules` are not functions.
 * @throws RangeError if a rule gives a rate that is not a finite number of at least 0.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { LRScheduler, SGD } from "@rnn/train";
 *
 * const optimizer = new SGD([new Parameter(tensor([1]))], { learningRate: 0.1 });
 * const schedule = new LRScheduler(optimizer, (step, initial) => initial / (1 + step));
 * schedule.step();
 * optimizer.parameterGroups[0]?.learningRate; // => 0.05
 * ```
 *
 * @public
 */
export class LRScheduler implements Schedule {
  /** The optimizer whose rates it sets. */
  readonly optimizer: Optimizer;
  readonly #groups: readonly ParameterGroup[];
  readonly #rules: ScheduleRules;
  #initial: { learningRate: number; momentum: number }[];
  #step = 0;

  constructor(optimizer: Optimizer, rules: ScheduleRule | ScheduleRules) {
    checkOptimizer("LRScheduler", optimizer);
    this.optimizer = optimizer;
    this.#groups = optimizer.parameterGroups;
    this.#rules = rulesOf(rules);
    this.#initial = this.#groups.map((group) => ({
      learningRate: group.learningRate,
      momentum: this.#rules.momentum === undefined ? 0 : momentumOf(group),
    }));
    this.#apply();
  }

  /** Whether a step is an epoch or an update, if the rules say so. */
  get every(): "epoch" | "step" | undefined {
    return this.#rules.every;
  }

  /** Moves on by one step and sets the rates for the next. */
  step(): void {
    this.#step++;
    this.#apply();
  }

  /** The step, and what the groups started with. */
  stateDict(): { step: number; initial: { learningRate: number; momentum: number }[] } {
    return { step: this.#step, initial: this.#initial.map((values) => ({ ...values })) };
  }

  /**
   * Continues from a saved state.
   *
   * @throws TypeError if the state is not an object.
   * @throws RangeError if the state is of another number of groups or not of this form.
   */
  loadStateDict(state: Readonly<Record<string, unknown>>): void {
    checkObject("LRScheduler.loadStateDict", "state", state, "what stateDict() returned");
    const { step, initial } = state as Partial<ReturnType<LRScheduler["stateDict"]>>;
    checkInteger("LRScheduler.loadStateDict", "step", step as number, 0);
    if (!Array.isArray(initial) || initial.length !== this.#groups.length) {
      throw new RangeError(
        `LRScheduler.loadStateDict: initial must have ${this.#groups.length} entries, got ${describe(initial)}`,
      );
    }
    const checked = initial.map((values) => {
      const { learningRate, momentum } = Object(values);
      checkNumber("LRScheduler.loadStateDict", "learningRate", learningRate, { min: 0 });
      checkNumber("LRScheduler.loadStateDict", "momentum", momentum);
      return { learningRate, momentum };
    });
    this.#step = step as number;
    this.#initial = checked;
    this.#apply();
  }

  #apply(): void {
    const { learningRate, momentum } = this.#rules;
    this.#groups.forEach((group, position) => {
      const initial = this.#initial[position] as { learningRate: number; momentum: number };
      const rate = learningRate(this.#step, initial.learningRate, position);
      if (!(rate >= 0 && Number.isFinite(rate))) {
        throw new RangeError(
          `LRScheduler: the learning rate of step ${this.#step} must be a finite number >= 0, got ${describe(rate)}`,
        );
      }
      group.learningRate = rate;
      if (momentum !== undefined) setMomentum(group, momentum(this.#step, initial.momentum, position));
    });
  }
}

/** The rules as an object, checked. */
function rulesOf(rules: ScheduleRule | ScheduleRules): ScheduleRules {
  if (typeof rules === "function") return { learningRate: rules };
  const { learningRate, momentum } = Object(rules) as Partial<ScheduleRules>;
  if (learningRate === undefined) {
    const expected = "a function of the step or { learningRate, momentum }";
    throw wrongKind("LRScheduler", "rules", expected, rules, "make one with stepLR and the like");
  }
  checkFunction("LRScheduler", "rules.learningRate", learningRate);
  if (momentum !== undefined) checkFunction("LRScheduler", "rules.momentum", momentum);
  return rules;
}

/** What optimizers call momentum: an option of its own, or the first of `betas`. */
interface WithMomentum {
  momentum?: number;
  betas?: readonly [number, number];
}

function momentumOf(group: ParameterGroup & WithMomentum): number {
  const momentum = group.betas?.[0] ?? group.momentum;
  if (momentum === undefined) {
    throw new TypeError(
      "LRScheduler: the rules move the momentum, but the optimizer has no option momentum or betas",
    );
  }
  return momentum;
}

function setMomentum(group: ParameterGroup & WithMomentum, momentum: number): void {
  if (group.betas !== undefined) group.betas = [momentum, group.betas[1]];
  else group.momentum = momentum;
}
