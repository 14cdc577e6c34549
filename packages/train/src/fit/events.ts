import type { Evaluation } from "./evaluate.ts";

/**
 * What {@link fit} reports, in this order: `start`, then for each epoch its `step`s and one `epoch`, at last `end`; with
 * checkpoints, `checkpoint` wherever one was saved; a `notice` after `start` or before `epoch` if there is something to report.
 *
 * Events are plain objects of numbers and strings: they can be posted to another thread or written as JSON.
 *
 * @public
 */
export type TrainEvent<Name extends string = never> =
  | StartEvent
  | NoticeEvent
  | StepEvent
  | EpochEvent<Name>
  | CheckpointEvent
  | EndEvent;

/**
 * Training begins.
 *
 * @public
 */
export interface StartEvent {
  /** What kind of event this is. */
  readonly type: "start";
  /** Epochs to do at most. */
  readonly epochs: number;
  /** Batches per epoch; `null` if that is not known. */
  readonly batches: number | null;
  /** Number of values being learned. */
  readonly parameters: number;
  /** Updates done before: 0, unless training continues from a checkpoint. */
  readonly steps: number;
}

/**
 * Training continues, but not quite as requested: in one thread, from an older checkpoint, with a validation result of NaN.
 *
 * @public
 */
export interface NoticeEvent {
  /** What kind of event this is. */
  readonly type: "notice";
  /** What is different, and why. */
  readonly message: string;
}

/**
 * The parameters were updated once.
 *
 * @public
 */
export interface StepEvent {
  /** What kind of event this is. */
  readonly type: "step";
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The update, from 1, counted over all epochs. */
  readonly step: number;
  /** The last batch of the update within the epoch, from 1. */
  readonly batch: number;
  /** Batches per epoch; `null` if that is not known. */
  readonly batches: number | null;
  /** Number of samples in the update (of batches, if these have no `size`). */
  readonly samples: number;
  /** Mean loss of these samples (of the chunk, with truncated backpropagation), before the update. */
  readonly loss: number;
  /** Norm of the gradient before clipping; `null` without `clipNorm`. */
  readonly gradientNorm: number | null;
  /** Learning rate of the update, of the first parameter group. */
  readonly learningRate: number;
}

/**
 * An epoch is over.
 *
 * @public
 */
export interface EpochEvent<Name extends string = never> {
  /** What kind of event this is. */
  readonly type: "epoch";
  /** The epoch, from 1. */
  readonly epoch: number;
  /** Epochs to do at most. */
  readonly epochs: number;
  /** Mean of the training losses of the epoch, each taken before its update. */
  readonly trainLoss: number;
  /**
   * The metrics over the training batches of the epoch, each taken before its update; `null` without `trainMetrics`. After a
   * checkpoint within the epoch, over the batches since.
   */
  readonly trainMetrics: Readonly<Record<Name, number>> | null;
  /** Result on the validation batches; `null` if there are none. */
  readonly validation: Evaluation<Name> | null;
  /** Whether this is the best epoch so far; `false` without validation. */
  readonly isBest: boolean;
  /** Learning rate of the epoch's last update, of the first parameter group. */
  readonly learningRate: number;
  /** Seconds that the epoch took, validation included. */
  readonly seconds: number;
}

/**
 * A checkpoint was saved.
 *
 * @public
 */
export interface CheckpointEvent {
  /** What kind of event this is. */
  readonly type: "checkpoint";
  /** Epochs completed. */
  readonly epoch: number;
  /** Updates done. */
  readonly step: number;
}

/**
 * Why training ended: all epochs were done, the validation result stopped improving, the signal was aborted, the time was
 * up, or a loss or gradient was not a finite number.
 *
 * @public
 */
export type EndReason = "completed" | "early-stopping" | "aborted" | "time-limit" | "non-finite";

/**
 * Training is over; the model has its final weights.
 *
 * @public
 */
export interface EndEvent {
  /** What kind of event this is. */
  readonly type: "end";
  /** Why it ended. */
  readonly reason: EndReason;
  /** The reason in words. */
  readonly message: string;
  /** Epochs completed. */
  readonly epochs: number;
  /** Updates done. */
  readonly steps: number;
  /** The epoch with the best validation result, whose weights the model has if `restoreBest` is on; `null` if there is none. */
  readonly bestEpoch: number | null;
  /** Seconds since the start. */
  readonly seconds: number;
}
