import { checkInteger, checkList, checkNumber, checkObject, wrongKind } from "../check.ts";
import { BatchMean } from "./source.ts";

/** How far a training is. */
export class TrainingProgress {
  /** Epochs completed. */
  epochs = 0;
  /** Batches of the running epoch that are done. */
  batches = 0;
  /** Updates done. */
  steps = 0;
  /** Loss of the last update. */
  lastLoss: number = Number.NaN;
  /** Rate of the last update. */
  learningRate: number = Number.NaN;
  /** The epoch with the best validation result. */
  bestEpoch: number | null = null;
  /** Mean training loss of the running epoch. */
  mean: BatchMean = new BatchMean();

  /** Makes the running epoch the last one completed. */
  endEpoch(): void {
    this.epochs++;
    this.batches = 0;
    this.mean = new BatchMean();
  }

  /** All of it, as plain data. */
  stateDict(): TrainingProgressState {
    const { epochs, batches, steps, lastLoss, learningRate, bestEpoch, mean } = this;
    return { epochs, batches, steps, lastLoss, learningRate, bestEpoch, mean: mean.terms };
  }

  loadStateDict(state: TrainingProgressState): void {
    const where = "fit: progress in the checkpoint";
    checkObject(where, "it", state);
    const { epochs, batches, steps, lastLoss, learningRate, bestEpoch, mean } = state;
    checkInteger(where, "epochs", epochs, 0);
    checkInteger(where, "batches", batches, 0);
    checkInteger(where, "steps", steps, 0);
    if (bestEpoch !== null) checkInteger(where, "bestEpoch", bestEpoch, 1);
    for (const number of [lastLoss, learningRate]) {
      if (typeof number !== "number") throw wrongKind(where, "a loss or rate", "a number", number);
    }
    checkList(where, "mean", mean, "three numbers");
    for (let k = 0; k < 3; k++) checkNumber(where, `mean[${k}]`, mean[k] as number);
    Object.assign(this, { epochs, batches, steps, lastLoss, learningRate, bestEpoch });
    this.mean = new BatchMean(mean);
  }
}

/** The fields of {@link TrainingProgress}. */
export interface TrainingProgressState {
  readonly epochs: number;
  readonly batches: number;
  readonly steps: number;
  readonly lastLoss: number;
  readonly learningRate: number;
  readonly bestEpoch: number | null;
  readonly mean: readonly [sum: number, weight: number, count: number];
}
