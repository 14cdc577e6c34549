import { Parameter } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { need, needClass } from "../../library.ts";
import { compareOutputs } from "../outputs.ts";
import { makeOptimizer, type Optimizer } from "./optimizers.ts";

interface SchedulerConfig {
  readonly scheduler: string;
  readonly options: SchedulerOptions;
  /** Initial rate of each parameter group. */
  readonly lr: number[];
  readonly steps: number;
  /** What ReduceLROnPlateau is told at each step. */
  readonly metrics?: number[];
  readonly momentum?: number;
}

interface Scheduler {
  step(metric?: number): void;
}

/** kind `scheduler`: the rate of every group (and the momentum) in force before each step of the schedule. */
export const schedulerCase: GoldenAdapter = golden<SchedulerConfig>((c, { judge }) => {
  const { scheduler: name, options, lr, steps, metrics, momentum = 0 } = c.config;
  const make = schedulers[name];
  if (!make) throw new Error(`the adapter does not know the scheduler ${name}`);
  const groups = lr.map((rate) => ({
    parameters: [new Parameter(new Tensor(new Float32Array(1), [1]))],
    options: { lr: rate },
  }));
  const optimizer = makeOptimizer("SGD", groups, { lr: 0.1, momentum });
  const scheduler = make(optimizer, options);
  const rates: number[] = [];
  const momenta: number[] = [];
  for (let step = 0; step < steps; step++) {
    rates.push(...optimizer.parameterGroups.map((group) => group.learningRate));
    momenta.push(...optimizer.parameterGroups.map((group) => group.momentum ?? 0));
    if (metrics) scheduler.step(metrics[step]);
    else if (step + 1 < steps) scheduler.step();
  }
  const shape = [steps, lr.length];
  const outputs = {
    lr: { dtype: "float64", shape, data: rates },
    momentum: { dtype: "float64", shape, data: momenta },
  };
  compareOutputs(judge, outputs, c.outputs);
});

/** Options in PyTorch's spelling, and the name and numbers of a LambdaLR factor. */
type SchedulerOptions = Readonly<Record<string, unknown>> & {
  readonly lambda?: string;
  readonly base?: number;
  readonly warmup?: number;
  readonly total_steps?: number;
  readonly epochs?: number;
  readonly steps_per_epoch?: number;
};

type Make = (optimizer: Optimizer, options: SchedulerOptions) => Scheduler;

const schedulers: Readonly<Record<string, Make>> = {
  StepLR: rule("stepLR", (o) => ({ stepSize: o.step_size, gamma: o.gamma })),
  MultiStepLR: rule("multiStepLR", (o) => ({ milestones: o.milestones, gamma: o.gamma })),
  ExponentialLR: rule("exponentialLR", (o) => ({ gamma: o.gamma })),
  CosineAnnealingLR: rule("cosineAnnealingLR", (o) => ({ tMax: o.T_max, etaMin: o.eta_min })),
  OneCycleLR: rule("oneCycleLR", (o) => ({
    maxLearningRate: o.max_lr,
    totalSteps: o.total_steps ?? (o.epochs ?? 1) * (o.steps_per_epoch ?? 1),
    pctStart: o.pct_start,
    annealStrategy: o.anneal_strategy,
    divFactor: o.div_factor,
    finalDivFactor: o.final_div_factor,
    threePhase: o.three_phase,
    cycleMomentum: o.cycle_momentum,
    baseMomentum: o.base_momentum,
    maxMomentum: o.max_momentum,
  })),
  LambdaLR: (optimizer, options) => {
    const factor = factors[options.lambda ?? ""]?.(options);
    if (!factor) throw new Error(`the adapter does not know the factor ${options.lambda}`);
    return schedule(optimizer, (step: number, initial: number) => initial * factor(step));
  },
  ReduceLROnPlateau: (optimizer, o) =>
    new (needClass<new (optimizer: Optimizer, options: object) => Scheduler>("train", "ReduceLROnPlateau"))(
      optimizer,
      {
        mode: o.mode,
        factor: o.factor,
        patience: o.patience,
        threshold: o.threshold,
        thresholdMode: o.threshold_mode,
        cooldown: o.cooldown,
        minLearningRate: o.min_lr,
        eps: o.eps,
      },
    ),
};

/** A schedule that is a function of the step. */
function rule(name: string, translate: (options: SchedulerOptions) => object): Make {
  return (optimizer, options) => schedule(optimizer, need("train", name)(translate(options)));
}

function schedule(optimizer: Optimizer, rules: unknown): Scheduler {
  const LRScheduler = needClass<new (optimizer: Optimizer, rules: unknown) => Scheduler>(
    "train",
    "LRScheduler",
  );
  return new LRScheduler(optimizer, rules);
}

type Factor = (options: SchedulerOptions) => (epoch: number) => number;

/** The factors that the LambdaLR cases name. */
const factors: Readonly<Record<string, Factor>> = {
  power:
    ({ base = 1 }) =>
    (epoch) =>
      base ** epoch,
  linear_warmup:
    ({ warmup = 1 }) =>
    (epoch) =>
      Math.min(1, (epoch + 1) / warmup),
  inverse_sqrt: () => (epoch) => 1 / Math.sqrt(1 + epoch),
};
