import type { ExponentialMovingAverage } from "../exponential-moving-average.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { WorkerLike } from "../parallel/worker-like.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { CheckpointOptions } from "./checkpoint.ts";
import type { EvaluateOptions } from "./evaluate.ts";
import type { PauseLike } from "./pacer.ts";
import type { BatchSource } from "./source.ts";

/**
 * Options of {@link fit}.
 *
 * @public
 */
export interface FitOptions<Batch, Name extends string = never> extends EvaluateOptions<Batch, Name> {
  /** Updates the parameters. */
  optimizer: Optimizer;
  /** Passes over the batches, at most. */
  epochs: number;
  /**
   * Replaces `loss(batch).backward()` in training: each turn of what it returns leaves gradients in the parameters, and
   * the loop clips, updates and zeroes them before the next. This is how truncated backpropagation is trained:
   * `chunks: (batch) => tbptt({ ... })`. `loss` is then used for validation alone.
   */
  chunks?: ((batch: Batch) => Iterable<{ readonly loss: number }>) | undefined;
  /**
   * Update once per this many batches, with the gradient of the mean loss of all their samples: the step of a batch
   * that many times as large, in the memory of one. The last update of an epoch may have fewer. Default 1.
   */
  accumulate?: number | undefined;
  /**
   * Compute the metrics on the training batches too, from the outputs that their losses were computed from: in training mode
   * (with dropout), each before its update. Not with `chunks` or `parallel`. Default `false`.
   */
  trainMetrics?: boolean | undefined;
  /** Batches to evaluate on after every epoch. */
  validation?: BatchSource<Batch> | undefined;
  /** The validation result by which the best epoch is chosen: the loss or one of the metrics. Default `"loss"`. */
  monitor?: "loss" | NoInfer<Name> | undefined;
  /** Whether smaller or larger monitored results are better. Default `"min"` for the loss; for a metric, what its `mode` says. */
  mode?: "min" | "max" | undefined;
  /** Stop when the monitored result has not improved by more than `minDelta` for `patience` epochs in a row. */
  earlyStopping?: { readonly patience: number; readonly minDelta?: number | undefined } | undefined;
  /** Leave the model with the weights of its best epoch. Default `true`; without validation there is no best epoch. */
  restoreBest?: boolean | undefined;
  /**
   * Averages the model's weights after every update. Validation judges the averages, and the model is left with them; without a
   * best epoch to restore, `ema.swap()` brings the last weights back.
   */
  ema?: ExponentialMovingAverage | undefined;
  /** Largest norm of the gradient, see {@link clipGradNorm}; `Infinity` measures it only. */
  clipNorm?: number | undefined;
  /** Largest absolute value of a gradient element, see {@link clipGradValue}. */
  clipValue?: number | undefined;
  /** Changes the learning rate as training goes on. */
  schedule?: Schedule | undefined;
  /** Where to keep checkpoints, and how often to save one; training continues from the newest. */
  checkpoints?: CheckpointOptions | undefined;
  /** End after this many seconds of work, between two updates. Neither pauses nor the time before a checkpoint count. */
  maxSeconds?: number | undefined;
  /** Wait between two updates while its field `paused` is true. */
  pause?: PauseLike | undefined;
  /**
   * Try things out on one batch. `"one-batch"` trains and validates on the first batch alone, over and over: a model that
   * cannot learn even that has a mistake in it. `"dry-run"` does one update and one batch of validation, then puts
   * everything back as it was. Neither reads or saves checkpoints.
   */
  trial?: "one-batch" | "dry-run" | undefined;
  /** When the schedule moves on: after every `"epoch"` or every `"step"`. Default: what the schedule says, else `"epoch"`. */
  scheduleEvery?: "epoch" | "step" | undefined;
  /**
   * Number of replicas of the model that every batch is divided among, each in a thread that `worker` starts; see
   * {@link serveReplica}. Default: no other threads.
   */
  parallel?: number | undefined;
  /** Starts a thread whose module calls {@link serveReplica}; `index` counts from 0. */
  worker?: ((index: number) => WorkerLike) | undefined;
  /**
   * Part `index` of `count` of a batch, `undefined` if there is nothing for this replica; its weight is its `size`, if it has
   * one. Default: rows of the first dimension, of a tensor, a list, or an object of these with a `size`.
   */
  shard?: ((batch: Batch, index: number, count: number) => unknown) | undefined;
}
