import { Parameter } from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { Adagrad } from "../optimizers/adagrad.ts";
import { Adam } from "../optimizers/adam.ts";
import { SGD } from "../optimizers/sgd.ts";
import { LRScheduler } from "./lr-scheduler.ts";
import { oneCycleLR } from "./one-cycle.ts";
import { ReduceLROnPlateau } from "./reduce-lr-on-plateau.ts";
import {
  cosineAnnealingLR,
  exponentialLR,
  lambdaLR,
  linearLR,
  multiStepLR,
  sequentialLR,
  stepLR,
} from "./rules.ts";

const sgd = (learningRate = 1): SGD => new SGD([new Parameter(tensor([1]))], { learningRate, momentum: 0.5 });

describe("LRScheduler", () => {
  test("sets the rate of step 0 at once", () => {
    const optimizer = sgd(8);
    new LRScheduler(optimizer, linearLR({ startFactor: 0.25 }));
    expect(optimizer.parameterGroups[0]?.learningRate).toBe(2);
  });

  test("every group starts from its own rate, and the rule may tell groups apart", () => {
    const groups = [4, 8].map((learningRate) => ({ parameters: [new Parameter(tensor([1]))], learningRate }));
    const optimizer = new SGD(groups);
    new LRScheduler(optimizer, (step, initial, group) => (initial * (group + 1)) / (step + 1)).step();
    expect(optimizer.parameterGroups.map(({ learningRate }) => learningRate)).toEqual([2, 8]);
  });

  test("moves the first of Adam's betas as momentum", () => {
    const optimizer = new Adam([new Parameter(tensor([1]))], { betas: [0.5, 0.75] });
    new LRScheduler(optimizer, { learningRate: () => 1, momentum: (_step, initial) => initial / 2 });
    expect(optimizer.parameterGroups[0]?.betas).toEqual([0.25, 0.75]);
  });

  test("a saved schedule goes on where it was", () => {
    const [whole, half, rest] = [sgd(), sgd(), sgd()];
    const rule = exponentialLR({ gamma: 0.5 });
    const schedules = [new LRScheduler(whole, rule), new LRScheduler(half, rule)] as const;
    for (let step = 0; step < 4; step++) schedules[0].step();
    for (let step = 0; step < 2; step++) schedules[1].step();
    const saved = JSON.parse(JSON.stringify(schedules[1].stateDict()));
    rest.loadStateDict(half.stateDict());
    const resumed = new LRScheduler(rest, rule);
    resumed.loadStateDict(saved);
    expect(rest.parameterGroups[0]?.learningRate).toBe(0.25);
    for (let step = 0; step < 2; step++) resumed.step();
    expect(rest.parameterGroups[0]?.learningRate).toBe(whole.parameterGroups[0]?.learningRate);
  });

  test.each<[string, () => unknown, Error]>([
    [
      "a rate below zero",
      () => new LRScheduler(sgd(), () => -1),
      new RangeError("LRScheduler: the learning rate of step 0 must be a finite number >= 0, got -1"),
    ],
    [
      "a momentum the optimizer does not have",
      () =>
        new LRScheduler(
          new Adagrad([new Parameter(tensor([1]))]),
          oneCycleLR({ maxLearningRate: 1, totalSteps: 2 }),
        ),
      new TypeError(
        "LRScheduler: the rules move the momentum, but the optimizer has no option momentum or betas",
      ),
    ],
    [
      "a state of other groups",
      () => new LRScheduler(sgd(), () => 1).loadStateDict({ step: 1, initial: [] }),
      new RangeError("LRScheduler.loadStateDict: initial must have 1 entries, got []"),
    ],
    [
      "a state without a step",
      () => new LRScheduler(sgd(), () => 1).loadStateDict({}),
      new RangeError("LRScheduler.loadStateDict: step must be an integer >= 0, got undefined"),
    ],
    [
      "a state with rates that are no numbers",
      () =>
        new LRScheduler(sgd(), () => 1).loadStateDict({
          step: 1,
          initial: [{ learningRate: "1", momentum: 0 }],
        }),
      new RangeError('LRScheduler.loadStateDict: learningRate must be a finite number >= 0, got "1"'),
    ],
  ])("refuses %s", (_, make, error) => {
    expect(make).toThrow(error);
  });
});

describe("rules", () => {
  test("lambdaLR wants a function", () => {
    expect(() => lambdaLR(0.5 as never)).toThrow(
      new TypeError("lambdaLR: factor must be a function, got 0.5"),
    );
  });

  test.each<[() => unknown, string]>([
    [() => stepLR({ stepSize: 0 }), "stepLR: stepSize must be an integer >= 1, got 0"],
    [() => stepLR({ stepSize: 1, gamma: -1 }), "stepLR: gamma must be a finite number >= 0, got -1"],
    [() => multiStepLR({ milestones: [1, -2] }), "multiStepLR: milestones must be an integer >= 0, got -2"],
    [
      () => exponentialLR({ gamma: Number.NaN }),
      "exponentialLR: gamma must be a finite number >= 0, got NaN",
    ],
    [() => cosineAnnealingLR({ tMax: 0 }), "cosineAnnealingLR: tMax must be an integer >= 1, got 0"],
    [() => linearLR({ totalIters: 0 }), "linearLR: totalIters must be an integer >= 1, got 0"],
    [() => sequentialLR([() => 1], [3]), "sequentialLR: 1 rules need 0 increasing milestones, got [3]"],
    [
      () => sequentialLR([() => 1, () => 1, () => 1], [3, 3]),
      "sequentialLR: 3 rules need 2 increasing milestones, got [3, 3]",
    ],
    [
      () => oneCycleLR({ maxLearningRate: -1, totalSteps: 5 }),
      "oneCycleLR: maxLearningRate must be a finite number >= 0, got -1",
    ],
    [
      () => oneCycleLR({ maxLearningRate: 1, totalSteps: 0 }),
      "oneCycleLR: totalSteps must be an integer >= 1, got 0",
    ],
    [
      () => oneCycleLR({ maxLearningRate: 1, totalSteps: 5, pctStart: 1.5 }),
      "oneCycleLR: pctStart must be at most 1, got 1.5",
    ],
    [
      () => oneCycleLR({ maxLearningRate: 1, totalSteps: 5, annealStrategy: "cosine" as "cos" }),
      'oneCycleLR: annealStrategy must be "cos" or "linear", got "cosine"',
    ],
    [
      () => oneCycleLR({ maxLearningRate: 1, totalSteps: 5 }).learningRate(6, 0, 0),
      "oneCycleLR: moved on 6 times, but the cycle has 5 steps",
    ],
  ])("%# is refused", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });

  test("one cycle ends low even when it rises all the way, and starts at the top when it does not rise", () => {
    const rates = (pctStart: number) => {
      const { learningRate } = oneCycleLR({ maxLearningRate: 1, totalSteps: 4, pctStart });
      return [0, 1, 2, 3, 4].map((step) => learningRate(step, 0, 0));
    };
    for (const share of [0, 0.1, 0.25, 0.5, 1]) {
      expect(rates(share).every((rate) => rate >= 0 && rate <= 1)).toBe(true);
      expect(rates(share)[4]).toBeCloseTo(4e-6, 12);
    }
  });
});

describe("ReduceLROnPlateau", () => {
  test("a saved schedule goes on where it was", () => {
    const metrics = [5, 4, 4, 4, 4, 4, 4];
    const options = { patience: 2, factor: 0.5, cooldown: 1 };
    const [whole, resumed] = [sgd(), sgd()];
    const first = new ReduceLROnPlateau(whole, options);
    metrics.slice(0, 4).forEach((metric) => {
      first.step(metric);
    });
    const second = new ReduceLROnPlateau(resumed, options);
    second.loadStateDict(JSON.parse(JSON.stringify(first.stateDict())));
    for (const metric of metrics.slice(4)) {
      first.step(metric);
      second.step(metric);
    }
    expect(first.stateDict()).toEqual(second.stateDict());
    expect(resumed.parameterGroups[0]?.learningRate).toBe(whole.parameterGroups[0]?.learningRate);
    expect(resumed.parameterGroups[0]?.learningRate).toBe(0.5);
  });

  test("NaN is no improvement", () => {
    const optimizer = sgd();
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 0, factor: 0.5 });
    schedule.step(Number.NaN);
    expect(optimizer.parameterGroups[0]?.learningRate).toBe(0.5);
  });

  // learning rate, best metric and metrics without improvement after each step, as torch 2.13 has them
  test("an infinite first metric is no improvement, and any finite one after it is", () => {
    const optimizer = sgd();
    const schedule = new ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5 });
    const course = [Number.POSITIVE_INFINITY, 5, 5, 5].map((metric) => {
      schedule.step(metric);
      const { best, waited } = schedule.stateDict();
      return [optimizer.parameterGroups[0]?.learningRate, best, waited];
    });
    expect(course).toEqual([
      [1, null, 1],
      [1, 5, 0],
      [1, 5, 1],
      [0.5, 5, 0],
    ]);
  });

  test("goes on from a saved best metric of -Infinity", () => {
    const schedule = new ReduceLROnPlateau(sgd());
    schedule.step(Number.NEGATIVE_INFINITY);
    const resumed = new ReduceLROnPlateau(sgd());
    resumed.loadStateDict(schedule.stateDict());
    expect(resumed.stateDict()).toEqual({ best: Number.NEGATIVE_INFINITY, waited: 0, cooling: 0 });
  });

  test.each<[() => unknown, string]>([
    [
      () => new ReduceLROnPlateau(sgd(), { factor: 1 }),
      "ReduceLROnPlateau: factor must be a finite number >= 0 and < 1, got 1",
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { patience: -1 }),
      "ReduceLROnPlateau: patience must be an integer >= 0, got -1",
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { minLearningRate: [0, 1] }),
      "ReduceLROnPlateau: minLearningRate has 2 entries for 1 parameter groups",
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { mode: "best" as "min" }),
      'ReduceLROnPlateau: mode must be "min" or "max", got "best"',
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { thresholdMode: "share" as "rel" }),
      'ReduceLROnPlateau: thresholdMode must be "rel" or "abs", got "share"',
    ],
    [() => new ReduceLROnPlateau(sgd()).step(), "ReduceLROnPlateau.step: pass the metric to watch"],
    [
      () => new ReduceLROnPlateau(sgd()).loadStateDict({ best: "3" }),
      'ReduceLROnPlateau.loadStateDict: best must be a number or null, got "3"',
    ],
  ])("%# is refused", (make, message) => {
    expect(make).toThrow(new RangeError(message));
  });
});

describe("schedules refuse what they cannot use", () => {
  const any = (value?: unknown) => value as never;
  const noOptimizer = "optimizer must be an optimizer such as new Adam(model.parameters())";
  const noRule = "rules must be a function of the step or { learningRate, momentum }";
  const cycle = { maxLearningRate: 1, totalSteps: 5 };

  test.each<[() => unknown, Error]>([
    [() => new LRScheduler(any(), () => 1), new TypeError(`LRScheduler: ${noOptimizer}, got undefined`)],
    [
      () => new LRScheduler(sgd(), any()),
      new TypeError(`LRScheduler: ${noRule}, got undefined; make one with stepLR and the like`),
    ],
    [
      () => new LRScheduler(sgd(), any({ learningRate: 0.1 })),
      new TypeError("LRScheduler: rules.learningRate must be a function, got 0.1"),
    ],
    [
      () => new LRScheduler(sgd(), { learningRate: () => 1, momentum: any(0.9) }),
      new TypeError("LRScheduler: rules.momentum must be a function, got 0.9"),
    ],
    [
      () => new LRScheduler(sgd(), () => 1).loadStateDict(any()),
      new TypeError("LRScheduler.loadStateDict: state must be what stateDict() returned, got undefined"),
    ],
    [
      () => new LRScheduler(sgd(), () => 1).loadStateDict({ step: 1, initial: [null] }),
      new RangeError("LRScheduler.loadStateDict: learningRate must be a finite number >= 0, got undefined"),
    ],
    [() => new ReduceLROnPlateau(any()), new TypeError(`ReduceLROnPlateau: ${noOptimizer}, got undefined`)],
    [
      () => new ReduceLROnPlateau(sgd(), any("min")),
      new TypeError(
        'ReduceLROnPlateau: options must be an object, got "min"; options are mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, eps',
      ),
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { minLearningRate: any("0") }),
      new TypeError('ReduceLROnPlateau: minLearningRate must be a list of rates or one rate, got "0"'),
    ],
    [
      () => new ReduceLROnPlateau(sgd(), { minLearningRate: [-1] }),
      new RangeError("ReduceLROnPlateau: minLearningRate must be a finite number >= 0, got -1"),
    ],
    [
      () => new ReduceLROnPlateau(sgd()).loadStateDict(any(null)),
      new TypeError("ReduceLROnPlateau.loadStateDict: state must be what stateDict() returned, got null"),
    ],
    [
      () => oneCycleLR(any({})),
      new TypeError("oneCycleLR: maxLearningRate must be a list of rates or one rate, got undefined"),
    ],
    [
      () => oneCycleLR({ ...cycle, divFactor: any("a") }),
      new RangeError('oneCycleLR: divFactor must be a finite number >= 0, got "a"'),
    ],
    [
      () => oneCycleLR({ ...cycle, cycleMomentum: any("no") }),
      new TypeError('oneCycleLR: cycleMomentum must be true or false, got "no"'),
    ],
    [
      () => oneCycleLR(any({ ...cycle, pct_start: 0.3 })),
      new TypeError(
        'oneCycleLR: unknown option "pct_start" (did you mean "pctStart"?); options are maxLearningRate, totalSteps, pctStart, annealStrategy, divFactor, finalDivFactor, threePhase, cycleMomentum, baseMomentum, maxMomentum',
      ),
    ],
    [
      () => stepLR(any()),
      new TypeError("stepLR: options must be an object, got undefined; options are stepSize, gamma"),
    ],
    [
      () => stepLR(any({ stepSize: 1, decay: 0.5 })),
      new TypeError('stepLR: unknown option "decay"; options are stepSize, gamma'),
    ],
    [
      () => multiStepLR({ milestones: any(5) }),
      new TypeError("multiStepLR: milestones must be a list of steps, got 5"),
    ],
    [
      () => exponentialLR(any(0.9)),
      new TypeError("exponentialLR: options must be an object, got 0.9; options are gamma"),
    ],
    [
      () => cosineAnnealingLR(any({ T_max: 4 })),
      new TypeError(
        'cosineAnnealingLR: unknown option "T_max" (did you mean "tMax"?); options are tMax, etaMin',
      ),
    ],
    [
      () => linearLR(any({ steps: 4 })),
      new TypeError('linearLR: unknown option "steps"; options are startFactor, endFactor, totalIters'),
    ],
    [
      () =>
        sequentialLR(
          any(() => 1),
          [],
        ),
      new TypeError("sequentialLR: rules must be a list of rules, got a function"),
    ],
    [() => sequentialLR([any(5)], []), new TypeError("sequentialLR: rules[0] must be a function, got 5")],
    [
      () => sequentialLR([() => 1], any()),
      new TypeError("sequentialLR: milestones must be a list of steps, got undefined"),
    ],
  ])("%s", (make, error) => {
    expect(make).toThrow(error);
  });
});
