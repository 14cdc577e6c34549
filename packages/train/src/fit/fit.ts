import type { Module } from "@rnn/nn";
import { BestWeights } from "./best-weights.ts";
import { checkFit } from "./check-fit.ts";
import { EarlyStopping } from "./early-stopping.ts";
import { type Evaluation, runEvaluation } from "./evaluate.ts";
import type { EndReason, StepEvent, TrainEvent } from "./events.ts";
import type { FitOptions } from "./options.ts";
import { Pacer } from "./pacer.ts";
import { now } from "./platform.ts";
import { BatchMean, type BatchSource, batchesOf, countOf } from "./source.ts";
import { NonFiniteError, type Update, Updater } from "./updater.ts";

/**
 * Trains a model: epochs over batches, one update per batch, with validation, early stopping and clipping if wanted.
 *
 * @remarks
 * An async iterator of typed events. Nothing happens unless it is iterated; leaving the loop ends the training. What
 * is learned comes from `loss` and `optimizer` alone; two runs from the same seeds give the same weights.
 *
 * After every `yieldEvery` milliseconds of work the event loop gets a turn, so a page stays responsive and a signal can
 * be aborted. One update is never divided.
 *
 * With `validation`, the weights of the best epoch are kept in memory and put into the model at the end, however it
 * ends: after the last epoch, by early stopping, abort, error or leaving the loop (`restoreBest: false` leaves the last
 * weights). With `ema`, all this concerns the averaged weights. The model is left in the mode (training or evaluation) it was in.
 *
 * @param model - the model; its weights are changed
 * @param batches - training batches, iterated once per epoch
 * @throws TypeError for an argument or option of another kind, or an unknown option.
 * @throws RangeError while iterating, after the `end` event, when a loss (or with `clipNorm` the gradient norm) is not a
 * finite number: nothing has been updated with it. Also for options out of range and epochs without batches.
 *
 * @example
 * ```ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[0.5], [2.5], [4.5]]), { batchSize: 3, seed: 0 });
 * for await (const event of fit(model, data, {
 *   optimizer: new SGD(model.parameters(), { learningRate: 0.3 }),
 *   epochs: 100,
 *   loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 * })) {
 *   if (event.type === "end") console.log(event.reason); // completed
 * }
 * model.forward(tensor([[10]])).item(); // => 20.5
 * ```
 *
 * @public
 */
export function fit<Batch, Name extends string = never>(
  model: Module,
  batches: BatchSource<Batch>,
  options: FitOptions<Batch, Name>,
): AsyncGenerator<TrainEvent<Name>, void, undefined> {
  return new Fit(model, batches, options).run();
}

/** One run of {@link fit}. */
class Fit<Batch, Name extends string> {
  readonly #model: Module;
  readonly #batches: BatchSource<Batch>;
  readonly #options: FitOptions<Batch, Name>;
  readonly #updater: Updater<Batch, Name>;
  readonly #pacer: Pacer;
  readonly #stopping: EarlyStopping;
  readonly #best: BestWeights;
  #bestEpoch: number | null = null;

  constructor(model: Module, batches: BatchSource<Batch>, options: FitOptions<Batch, Name>) {
    checkFit(model, batches, options);
    const { monitor = "loss", earlyStopping, yieldEvery = 12 } = options;
    this.#model = model;
    this.#batches = batches;
    this.#options = options;
    this.#updater = new Updater(options);
    this.#pacer = new Pacer(yieldEvery);
    this.#stopping = new EarlyStopping({
      patience: earlyStopping?.patience ?? Number.POSITIVE_INFINITY,
      minDelta: earlyStopping?.minDelta,
      mode: options.mode ?? (monitor === "loss" ? "min" : "max"),
    });
    this.#best = new BestWeights(model);
  }

  async *run(): AsyncGenerator<TrainEvent<Name>, void, undefined> {
    const { epochs, optimizer, ema, restoreBest = true } = this.#options;
    const started = now();
    const wasTraining = this.#model.training;
    const learned = optimizer.parameterGroups.flatMap(({ parameters }) => parameters);
    yield {
      type: "start",
      epochs,
      batches: countOf(this.#batches),
      parameters: learned.reduce((count, { size }) => count + size, 0),
    };
    let done = 0;
    let reason: EndReason = "completed";
    let problem = "";
    try {
      optimizer.zeroGrad();
      if (ema?.swapped) ema.swap();
      while (reason === "completed" && done < epochs) {
        reason = yield* this.#epoch(done + 1);
        if (reason === "completed" || reason === "early-stopping") done++;
      }
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      reason = "non-finite";
      problem = error.message;
    } finally {
      if (!restoreBest || !this.#best.restore()) ema?.swap();
      this.#model.train(wasTraining);
    }
    yield {
      type: "end",
      reason,
      message: problem || this.#explain(reason, done),
      epochs: done,
      steps: this.#updater.steps,
      bestEpoch: this.#bestEpoch,
      duration: now() - started,
    };
    if (reason === "non-finite") throw new RangeError(`fit: ${problem}`);
  }

  /** Trains and validates one epoch; returns why training ends here, or `"completed"` if it goes on. */
  async *#epoch(epoch: number): AsyncGenerator<TrainEvent<Name>, EndReason, undefined> {
    const { epochs, schedule, scheduleEvery = "epoch", validation } = this.#options;
    const started = now();
    const mean = new BatchMean();
    const learningRate = yield* this.#train(epoch, mean);
    if (learningRate === null) return "aborted";
    if (mean.weight === 0) {
      throw new RangeError(
        `fit: epoch ${epoch} has no batches; pass batches that can be iterated again, or a function that makes them`,
      );
    }
    const judged = validation === undefined ? null : await this.#validate(validation, epoch);
    if (judged === "aborted") return judged;
    const result = judged?.result ?? null;
    if (scheduleEvery === "epoch") schedule?.step(result === null ? mean.value : this.#monitored(result));
    const duration = now() - started;
    yield {
      type: "epoch",
      epoch,
      epochs,
      trainLoss: mean.value,
      validation: result,
      isBest: judged?.isBest ?? false,
      learningRate,
      duration,
    };
    return this.#stopping.shouldStop ? "early-stopping" : "completed";
  }

  /** Updates the model with every batch of one epoch; returns the last learning rate, or `null` when aborted. */
  async *#train(epoch: number, mean: BatchMean): AsyncGenerator<StepEvent, number | null, undefined> {
    const { signal } = this.#options;
    const batches = batchesOf(this.#batches, epoch);
    const count = countOf(batches);
    let position = 0;
    let learningRate = Number.NaN;
    const report = (update: Update): StepEvent => {
      learningRate = update.learningRate;
      mean.add(update.loss, update.samples);
      return { type: "step", epoch, batch: position, batches: count, ...update };
    };
    this.#model.train();
    if (signal?.aborted) return null;
    for await (const batch of batches) {
      position++;
      for (const update of this.#updater.take(batch, epoch)) {
        if (update !== null) yield report(update);
        await this.#pacer.breathe();
        if (signal?.aborted) return null;
      }
    }
    const last = this.#updater.flush(epoch);
    if (last !== null) yield report(last);
    return signal?.aborted ? null : learningRate;
  }

  /** Evaluates the model, with its averages if there are any, and takes note of the result. */
  async #validate(
    batches: BatchSource<Batch>,
    epoch: number,
  ): Promise<{ result: Evaluation<Name>; isBest: boolean } | "aborted"> {
    const { ema } = this.#options;
    ema?.swap();
    try {
      const result = await runEvaluation("fit", this.#model, batches, this.#options, this.#pacer);
      return result === null ? "aborted" : { result, isBest: this.#judge(result, epoch) };
    } finally {
      ema?.swap();
    }
  }

  /** Takes note of a validation result; returns whether it is the best so far. */
  #judge(result: Evaluation<Name>, epoch: number): boolean {
    const isBest = this.#stopping.update(this.#monitored(result));
    if (isBest) {
      this.#bestEpoch = epoch;
      if (this.#options.restoreBest !== false) this.#best.save();
    }
    return isBest;
  }

  #monitored(result: Evaluation<Name>): number {
    const { monitor = "loss" } = this.#options;
    return monitor === "loss" ? result.loss : result.metrics[monitor];
  }

  #explain(reason: EndReason, done: number): string {
    const { earlyStopping, monitor = "loss" } = this.#options;
    if (reason === "aborted") return `aborted after ${this.#updater.steps} steps`;
    if (reason === "completed") return `completed ${done} ${done === 1 ? "epoch" : "epochs"}`;
    return `validation ${monitor} has not improved for ${earlyStopping?.patience} epochs`;
  }
}
