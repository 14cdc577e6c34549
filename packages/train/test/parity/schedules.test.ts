import { Parameter } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import {
  cosineAnnealingLR,
  exponentialLR,
  LRScheduler,
  lambdaLR,
  multiStepLR,
  type Optimizer,
  oneCycleLR,
  ReduceLROnPlateau,
  type Schedule,
  type ScheduleRule,
  SGD,
  stepLR,
} from "@rnn/train";
import { describe, expect, test } from "vitest";
import { type Case, casesOf, expectOutput } from "./cases.ts";

interface ScheduleConfig {
  readonly scheduler: string;
  // biome-ignore lint/suspicious/noExplicitAny: PyTorch's options differ from class to class
  readonly options: any;
  readonly lr: readonly number[];
  readonly steps: number;
  readonly momentum?: number;
  readonly metrics?: readonly number[];
}

const cases = casesOf<ScheduleConfig>("schedules");

describe("schedules give the rates of torch.optim.lr_scheduler", () => {
  test.each(cases.filter(({ name }) => !name.startsWith("error")))("$name", (testCase) => {
    const { rates, momenta } = run(testCase);
    expectOutput(testCase, "lr", rates);
    if (testCase.outputs.momentum) expectOutput(testCase, "momentum", momenta);
  });

  test("one cycle refuses to be moved on past its end", () => {
    const testCase = cases.find(({ name }) => name === "error_one_cycle_too_many_steps")!;
    expect(() => run(testCase)).toThrow(
      new RangeError("oneCycleLR: moved on 6 times, but the cycle has 5 steps"),
    );
  });
});

/** The rates and momenta in force before each step, group by group. */
function run({ config }: Case<ScheduleConfig>): { rates: number[]; momenta: number[] } {
  const groups = config.lr.map((learningRate) => ({ parameters: [new Parameter(zeros([1]))], learningRate }));
  const optimizer = new SGD(groups, { momentum: config.momentum ?? 0 });
  const schedule = scheduleOf(config, optimizer);
  const rates: number[] = [];
  const momenta: number[] = [];
  for (let step = 0; step < config.steps; step++) {
    rates.push(...optimizer.parameterGroups.map(({ learningRate }) => learningRate));
    momenta.push(...optimizer.parameterGroups.map(({ momentum }) => momentum));
    if (step + 1 < config.steps) schedule.step(config.metrics?.[step]);
  }
  return { rates, momenta };
}

function scheduleOf({ scheduler, options }: ScheduleConfig, optimizer: Optimizer): Schedule {
  switch (scheduler) {
    case "StepLR":
      return new LRScheduler(optimizer, stepLR({ stepSize: options.step_size, gamma: options.gamma }));
    case "MultiStepLR":
      return new LRScheduler(optimizer, multiStepLR(options));
    case "ExponentialLR":
      return new LRScheduler(optimizer, exponentialLR(options));
    case "CosineAnnealingLR":
      return new LRScheduler(optimizer, cosineAnnealingLR({ tMax: options.T_max, etaMin: options.eta_min }));
    case "LambdaLR":
      return new LRScheduler(optimizer, lambdaOf(options));
    case "OneCycleLR":
      return new LRScheduler(
        optimizer,
        oneCycleLR({
          maxLearningRate: options.max_lr,
          totalSteps: options.total_steps ?? options.epochs * options.steps_per_epoch,
          pctStart: options.pct_start,
          annealStrategy: options.anneal_strategy,
          divFactor: options.div_factor,
          finalDivFactor: options.final_div_factor,
          threePhase: options.three_phase,
          cycleMomentum: options.cycle_momentum,
          baseMomentum: options.base_momentum,
          maxMomentum: options.max_momentum,
        }),
      );
    case "ReduceLROnPlateau": {
      const { threshold_mode: thresholdMode, min_lr: minLearningRate, ...same } = options;
      return new ReduceLROnPlateau(optimizer, { ...same, thresholdMode, minLearningRate });
    }
    default:
      throw new Error(`no schedule for ${scheduler}`);
  }
}

function lambdaOf(options: { lambda: string; base: number; warmup: number }): ScheduleRule {
  if (options.lambda === "power") return lambdaLR((step) => options.base ** step);
  if (options.lambda === "linear_warmup") return lambdaLR((step) => Math.min(1, (step + 1) / options.warmup));
  return lambdaLR((step) => 1 / Math.sqrt(1 + step));
}
