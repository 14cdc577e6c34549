import { Module } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import {
  checkBoolean,
  checkChoice,
  checkFunction,
  checkInteger,
  checkLimit,
  checkNumber,
  checkObject,
  checkOptions,
  describe,
  nameOf,
  type OptionNames,
  wrongKind,
} from "../check.ts";
import { checkOptimizer } from "../check-optimizer.ts";
import { ExponentialMovingAverage } from "../exponential-moving-average.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { checkCheckpoints } from "./check-checkpoints.ts";
import { checkSchedule } from "./check-schedule.ts";
import { EarlyStopping } from "./early-stopping.ts";
import type { EvaluateOptions } from "./evaluate.ts";
import type { FitOptions } from "./options.ts";
import type { AbortSignalLike } from "./source.ts";

const EVALUATE: OptionNames<EvaluateOptions<unknown, string>> = {
  loss: true,
  metrics: true,
  signal: true,
  yieldEvery: true,
};

const FIT: OptionNames<FitOptions<unknown, string>> = {
  optimizer: true,
  epochs: true,
  ...EVALUATE,
  chunks: true,
  accumulate: true,
  trainMetrics: true,
  validation: true,
  monitor: true,
  mode: true,
  earlyStopping: true,
  restoreBest: true,
  ema: true,
  clipNorm: true,
  clipValue: true,
  schedule: true,
  scheduleEvery: true,
  checkpoints: true,
  maxSeconds: true,
  pause: true,
  trial: true,
  parallel: true,
  worker: true,
  shard: true,
};

const EARLY_STOPPING: OptionNames<NonNullable<FitOptions<unknown>["earlyStopping"]>> = {
  patience: true,
  minDelta: true,
};

/** Throws for arguments of `fit` that it cannot work with, before anything runs. */
export function checkFit<Batch, Name extends string>(
  model: Module,
  batches: unknown,
  options: FitOptions<Batch, Name>,
): void {
  const where = "fit";
  checkModel(where, model);
  checkBatches(where, "batches", batches);
  checkOptions(where, options, FIT);
  checkOptimizer(where, options.optimizer);
  checkInteger(where, "epochs", options.epochs, 0);
  checkShared(where, options);
  checkWatching(where, options);
  if (options.ema !== undefined) checkAverage(where, options.ema, model);
  const { chunks, accumulate = 1, restoreBest = true, clipNorm, clipValue } = options;
  if (chunks !== undefined) checkFunction(where, "chunks", chunks);
  checkInteger(where, "accumulate", accumulate, 1);
  if (chunks !== undefined && accumulate > 1) {
    throw new TypeError(`${where}: got both chunks and accumulate; a chunk can add up gradients itself`);
  }
  checkBoolean(where, "restoreBest", restoreBest);
  if (clipNorm !== undefined) checkLimit(where, "clipNorm", clipNorm);
  if (clipValue !== undefined) checkLimit(where, "clipValue", clipValue);
  checkSchedule(where, options);
  checkCourse(where, options);
  checkParallel(where, model, options);
  checkLearned(where, model, options.optimizer);
}

/** Throws for arguments of `evaluate` that it cannot work with. */
export function checkEvaluate<Batch, Name extends string>(
  model: Module,
  batches: unknown,
  options: EvaluateOptions<Batch, Name>,
): void {
  const where = "evaluate";
  checkModel(where, model);
  checkBatches(where, "batches", batches);
  checkOptions(where, options, EVALUATE);
  checkShared(where, options);
}

/** The options that `fit` and `evaluate` have in common. */
function checkShared<Batch, Name extends string>(where: string, options: EvaluateOptions<Batch, Name>): void {
  const { loss, metrics = {}, signal, yieldEvery } = options;
  checkFunction(where, "loss", loss);
  checkObject(where, "metrics", metrics);
  if (Object.hasOwn(metrics, "loss")) {
    throw new TypeError(
      `${where}: metrics.loss would be confused with the loss itself; give it another name`,
    );
  }
  for (const [name, make] of Object.entries(metrics)) {
    checkFunction(
      where,
      `metrics.${name}`,
      make,
      "pass the function that makes the metric, as in { accuracy }",
    );
  }
  if (signal !== undefined) checkSignal(where, signal);
  if (yieldEvery !== undefined) checkLimit(where, "yieldEvery", yieldEvery);
}

/** The options about validation. */
function checkWatching<Batch, Name extends string>(where: string, options: FitOptions<Batch, Name>): void {
  const { validation, earlyStopping, metrics = {}, monitor = "loss", mode, trainMetrics = false } = options;
  checkBoolean(where, "trainMetrics", trainMetrics);
  const hasMetrics = Object.keys(metrics).length > 0;
  if (trainMetrics && !hasMetrics) throw new TypeError(`${where}: trainMetrics needs metrics`);
  for (const [name, given] of Object.entries({ chunks: options.chunks, parallel: options.parallel })) {
    if (!trainMetrics || given === undefined) continue;
    throw new TypeError(`${where}: got both trainMetrics and ${name}, whose outputs are not seen here`);
  }
  if (validation !== undefined) checkBatches(where, "validation", validation);
  if (mode !== undefined) checkChoice(where, "mode", mode, ["min", "max"]);
  if (earlyStopping !== undefined) {
    const label = "earlyStopping";
    if (earlyStopping instanceof EarlyStopping) {
      throw wrongKind(where, label, "an object", earlyStopping, "pass its options { patience, minDelta }");
    }
    checkOptions(where, earlyStopping, EARLY_STOPPING, label);
    if (earlyStopping.patience !== Number.POSITIVE_INFINITY) {
      checkInteger(where, `${label}.patience`, earlyStopping.patience, 1);
    }
    checkNumber(where, `${label}.minDelta`, earlyStopping.minDelta ?? 0, { min: 0 });
  }
  if (monitor !== "loss" && !Object.hasOwn(metrics, monitor)) {
    const names = describe(Object.keys(metrics));
    throw new RangeError(
      `${where}: monitor is ${describe(monitor)}, but the metrics are ${names}; it can also be "loss"`,
    );
  }
  if (validation !== undefined) return;
  for (const [name, given] of Object.entries({ earlyStopping, monitor: options.monitor, mode })) {
    if (given !== undefined) throw new TypeError(`${where}: ${name} needs validation batches`);
  }
  if (hasMetrics && !trainMetrics) {
    throw new TypeError(`${where}: metrics need validation batches, or trainMetrics: true`);
  }
}

/** Throws if the optimizer learns nothing of the model. */
function checkLearned(where: string, model: Module, { parameterGroups }: Optimizer): void {
  const known = new Set(model.parameters());
  if (parameterGroups.some(({ parameters }) => parameters.some((parameter) => known.has(parameter)))) return;
  throw new TypeError(
    `${where}: optimizer has no parameter of the model; make it with those of the model that is trained, model.parameters()`,
  );
}

/** The options about when to stop, wait and save. */
function checkCourse<Batch, Name extends string>(where: string, options: FitOptions<Batch, Name>): void {
  const { checkpoints, maxSeconds, pause, trial } = options;
  if (maxSeconds !== undefined) checkLimit(where, "maxSeconds", maxSeconds);
  if (pause !== undefined && typeof Object(pause).paused !== "boolean") {
    throw wrongKind(where, "pause", "an object with the field paused", pause);
  }
  if (trial !== undefined) checkChoice(where, "trial", trial, ["one-batch", "dry-run"]);
  if (checkpoints !== undefined) checkCheckpoints(where, checkpoints);
}

/** The options about replicas. */
function checkParallel<Batch, Name extends string>(
  where: string,
  model: Module,
  { parallel, worker, shard, optimizer }: FitOptions<Batch, Name>,
): void {
  if (worker !== undefined) checkFunction(where, "worker", worker);
  if (shard !== undefined) checkFunction(where, "shard", shard);
  if (parallel === undefined) return;
  checkInteger(where, "parallel", parallel, 1);
  if (worker === undefined) {
    throw new TypeError(`${where}: parallel needs worker, a function that starts a thread with a replica`);
  }
  const known = new Set(model.parameters());
  const learned = optimizer.parameterGroups.flatMap(({ parameters }) => parameters);
  const stranger = learned.findIndex((parameter) => !known.has(parameter));
  if (stranger !== -1) {
    throw new TypeError(
      `${where}: parallel needs a model with all parameters; ${nameOf(learned[stranger]!, stranger)} of the optimizer is not in it`,
    );
  }
}

function checkAverage(where: string, ema: ExponentialMovingAverage, model: Module): void {
  if (!(ema instanceof ExponentialMovingAverage)) {
    throw wrongKind(where, "ema", "an ExponentialMovingAverage", ema);
  }
  if (ema.model !== model) throw new TypeError(`${where}: ema averages another model`);
}

function checkModel(where: string, model: unknown): void {
  if (!(model instanceof Module)) throw wrongKind(where, "model", "a Module", model);
}

function checkBatches(where: string, name: string, batches: unknown): void {
  if (typeof batches === "function") return;
  const isObject = typeof batches === "object" && batches !== null;
  if (isObject && (Symbol.iterator in batches || Symbol.asyncIterator in batches)) return;
  throw wrongKind(
    where,
    name,
    "something to iterate over, or a function of the epoch that returns it",
    batches,
    batches instanceof Tensor ? "make batches with tensorBatches" : "",
  );
}

/** Throws unless `signal` is an AbortSignal, or like one. */
export function checkSignal(where: string, signal: AbortSignalLike): void {
  if (typeof Object(signal).aborted === "boolean") return;
  const isController = typeof Object(signal).abort === "function";
  throw wrongKind(where, "signal", "an AbortSignal", signal, isController ? "pass controller.signal" : "");
}
