/**
 * Turns gradients into learning: backpropagation through time, clipping, optimizers, schedules, batches and the
 * training loop, with PyTorch's arithmetic.
 *
 * @packageDocumentation
 */

export {
  type Batches,
  type SequenceBatch,
  type SequenceBatchesOptions,
  sequenceBatches,
  type TensorBatch,
  tensorBatches,
} from "./batches.ts";
export { type BPTTOptions, bptt } from "./bptt.ts";
export { type BatchingOptions, type BucketOptions, bucketByLength } from "./bucket.ts";
export { CarriedState } from "./carried-state.ts";
export { type ClipGradNormOptions, clipGradNorm, clipGradValue } from "./clip.ts";
export { detachState } from "./detach-state.ts";
export {
  type AverageState,
  ExponentialMovingAverage,
  type ExponentialMovingAverageOptions,
} from "./exponential-moving-average.ts";
export type { Checkpoint, CheckpointOptions, CheckpointStore, TensorState } from "./fit/checkpoint.ts";
export { EarlyStopping, type EarlyStoppingOptions } from "./fit/early-stopping.ts";
export { type EvaluateOptions, type Evaluation, evaluate } from "./fit/evaluate.ts";
export type {
  CheckpointEvent,
  EndEvent,
  EndReason,
  EpochEvent,
  NoticeEvent,
  StartEvent,
  StepEvent,
  TrainEvent,
} from "./fit/events.ts";
export { fit } from "./fit/fit.ts";
export type { LossResult, Metric, Metrics } from "./fit/metrics.ts";
export type { FitOptions } from "./fit/options.ts";
export type { PauseLike } from "./fit/pacer.ts";
export type { AbortSignalLike, BatchSource } from "./fit/source.ts";
export type { FloatArray } from "./float-data.ts";
export { type LaneBatch, type LaneBatchesOptions, laneBatches } from "./lane-batches.ts";
export { lanes } from "./lanes.ts";
export { accuracy } from "./metrics/accuracy.ts";
export type { ClassMetricOptions, PredictionOptions } from "./metrics/predictions.ts";
export { Adagrad, type AdagradOptions } from "./optimizers/adagrad.ts";
export { Adam } from "./optimizers/adam.ts";
export type { AdamOptions } from "./optimizers/adam-rule.ts";
export { AdamW } from "./optimizers/adamw.ts";
export { NAdam, type NAdamOptions } from "./optimizers/nadam.ts";
export type { Optimizer, OptimizerState, ZeroGradOptions } from "./optimizers/optimizer.ts";
export type {
  OptimizedParameters,
  ParameterGroup,
  ParameterGroupInit,
  Resolved,
} from "./optimizers/parameter-groups.ts";
export { RAdam, type RAdamOptions } from "./optimizers/radam.ts";
export { RMSprop, type RMSpropOptions } from "./optimizers/rmsprop.ts";
export { RuleOptimizer } from "./optimizers/rule-optimizer.ts";
export { SGD, type SGDOptions } from "./optimizers/sgd.ts";
export type { ParameterState, UpdateRule } from "./optimizers/update-rule.ts";
export type { ReplicaOptions, ShardLoss } from "./parallel/replica-options.ts";
export { serveReplica } from "./parallel/serve-replica.ts";
export type { WorkerLike } from "./parallel/worker-like.ts";
export type { RandomSource } from "./random-source.ts";
export { randomSplit } from "./random-split.ts";
export { type LaneMask, resetState } from "./reset-state.ts";
export { LRScheduler, type ScheduleRule, type ScheduleRules } from "./schedules/lr-scheduler.ts";
export { type OneCycleOptions, oneCycleLR } from "./schedules/one-cycle.ts";
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from "./schedules/reduce-lr-on-plateau.ts";
export {
  cosineAnnealingLR,
  exponentialLR,
  lambdaLR,
  linearLR,
  multiStepLR,
  sequentialLR,
  stepLR,
} from "./schedules/rules.ts";
export type { Schedule } from "./schedules/schedule.ts";
export type { SequenceProblem } from "./sequence-problem.ts";
export { type TBPTTChunk, type TBPTTOptions, tbptt } from "./tbptt.ts";
