import type { Module } from "@rnn/nn";
import { checkInteger, checkNumber, checkOptions, describe, type OptionNames } from "../check.ts";
import { BestWeights } from "../fit/best-weights.ts";
import { EarlyStopping } from "../fit/early-stopping.ts";
import { fit } from "../fit/fit.ts";
import type { FitOptions } from "../fit/options.ts";
import { RunState } from "../fit/run-state.ts";
import type { BatchSource } from "../fit/source.ts";
import { TrainingProgress } from "../fit/training-progress.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { steepestFall } from "./steepest-fall.ts";

/**
 * Options of {@link findLearningRate}: how to train, and which rates to try.
 *
 * @public
 */
export interface FindLearningRateOptions<Batch>
  extends Pick<
    FitOptions<Batch>,
    "optimizer" | "loss" | "accumulate" | "clipNorm" | "clipValue" | "signal" | "yieldEvery"
  > {
  /** Rate of the first step, above 0. Default 1e-6. */
  from?: number | undefined;
  /** Rate of the last step, above `from`. Default 1. */
  to?: number | undefined;
  /** Number of steps, at least 3. Default 100. */
  steps?: number | undefined;
  /** Share of the running mean of the losses that a step keeps, at least 0 and below 1. Default 0.9. */
  smoothing?: number | undefined;
  /** Stop when the smoothed loss is more than this many times the best, above 1. Default 4. */
  stopAt?: number | undefined;
}

/**
 * What {@link findLearningRate} found.
 *
 * @public
 */
export interface LearningRateCurve {
  /** Every step: its rate, its loss, and the running mean of the losses. */
  readonly points: readonly {
    readonly learningRate: number;
    readonly loss: number;
    readonly smoothed: number;
  }[];
  /**
   * The rate at which the smoothed loss falls fastest; `null` if it does not fall by clearly more than losses vary from batch to
   * batch: take more steps, larger batches, or read the curve yourself.
   */
  readonly suggestion: number | null;
}

const OPTIONS: OptionNames<FindLearningRateOptions<unknown>> = {
  optimizer: true,
  loss: true,
  accumulate: true,
  clipNorm: true,
  clipValue: true,
  signal: true,
  yieldEvery: true,
  from: true,
  to: true,
  steps: true,
  smoothing: true,
  stopAt: true,
};

/**
 * Learning-rate range test: trains a few steps with ever larger learning rates, to see which are too small and which too large,
 * then puts everything back.
 *
 * @remarks
 * Weights, buffers, optimizer, the default random generator and that of the batches are afterwards what they were before,
 * to the last bit, also if it fails. All parameter groups get the same rates, on a logarithmic scale. Take the suggestion, or
 * a rate a little below the one where the loss rises again. Source: Smith 2017.
 *
 * @param model - the model
 * @param batches - training batches, iterated as often as needed
 * @throws TypeError for an argument or option of another kind, or an unknown option.
 * @throws RangeError for options out of range.
 *
 * @example
 * ```ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { SGD, tensorBatches } from "@rnn/train";
 * import { findLearningRate } from "@rnn/train/diagnostics";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * model.loadStateDict({ weight: tensor([[0]]), bias: tensor([0]) });
 * const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[1], [3], [5]]), { batchSize: 3 });
 * const { suggestion } = await findLearningRate(model, data, {
 *   optimizer: new SGD(model.parameters()),
 *   loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 * });
 * suggestion !== null && suggestion > 0.001 && suggestion < 0.5; // => true
 * model.weight.item(); // => 0
 * ```
 *
 * @public
 */
export async function findLearningRate<Batch>(
  model: Module,
  batches: BatchSource<Batch>,
  options: FindLearningRateOptions<Batch>,
): Promise<LearningRateCurve> {
  const where = "findLearningRate";
  checkOptions(where, options, OPTIONS);
  const { from = 1e-6, to = 1, steps = 100, smoothing = 0.9, stopAt = 4, ...training } = options;
  if (!(from > 0 && to > from && Number.isFinite(to))) {
    throw new RangeError(
      `${where}: rates must rise from one above 0, got from ${describe(from)} to ${describe(to)}`,
    );
  }
  checkInteger(where, "steps", steps, 3);
  checkNumber(where, "smoothing", smoothing, { min: 0, below: 1 });
  checkNumber(where, "stopAt", stopAt, { min: 1 });
  const rateAt = (step: number) => from * (to / from) ** (step / (steps - 1));
  const events = fit(model, batches, {
    ...training,
    epochs: Number.MAX_SAFE_INTEGER,
    schedule: new Ramp(options.optimizer, rateAt),
    scheduleEvery: "step",
  });
  const before = stateOf(model, batches, training);
  const saved = before.capture();
  const points: LearningRateCurve["points"][0][] = [];
  try {
    let mean = 0;
    let best = Number.POSITIVE_INFINITY;
    for await (const event of events) {
      if (event.type === "start") setRates(options.optimizer, from);
      if (event.type === "end") break; // aborted, or the loss is no number any more
      if (event.type !== "step") continue;
      const { loss, learningRate } = event;
      mean = smoothing * mean + (1 - smoothing) * loss;
      const smoothed = mean / (1 - smoothing ** (points.length + 1));
      points.push({ learningRate, loss, smoothed });
      best = Math.min(best, smoothed);
      if (points.length === steps || smoothed > stopAt * best) break;
    }
  } finally {
    before.restore(saved);
  }
  return { points, suggestion: steepestFall(points, smoothing) };
}

/** Moves all rates along a curve, step by step. */
class Ramp implements Schedule {
  readonly #optimizer: FitOptions<unknown>["optimizer"];
  readonly #rateAt: (step: number) => number;
  #step = 0;

  constructor(optimizer: FitOptions<unknown>["optimizer"], rateAt: (step: number) => number) {
    this.#optimizer = optimizer;
    this.#rateAt = rateAt;
  }

  step(): void {
    setRates(this.#optimizer, this.#rateAt(++this.#step));
  }

  stateDict(): Record<string, unknown> {
    return {};
  }

  loadStateDict(): void {}
}

function setRates({ parameterGroups }: FitOptions<unknown>["optimizer"], rate: number): void {
  for (const group of parameterGroups) group.learningRate = rate;
}

function stateOf<Batch>(
  model: Module,
  batches: BatchSource<Batch>,
  { optimizer }: Pick<FitOptions<Batch>, "optimizer">,
): RunState {
  return new RunState({
    model,
    sources: [batches],
    options: { optimizer },
    progress: new TrainingProgress(),
    stopping: new EarlyStopping({ patience: Number.POSITIVE_INFINITY }),
    best: new BestWeights(model),
  });
}
