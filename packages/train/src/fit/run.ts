import type { Module } from "@rnn/nn";
import type { Replicas } from "../parallel/replicas.ts";
import { startReplicas } from "../parallel/start-replicas.ts";
import { BestWeights } from "./best-weights.ts";
import { checkFit } from "./check-fit.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { EarlyStopping } from "./early-stopping.ts";
import { type Evaluation, runEvaluation } from "./evaluate.ts";
import type { CheckpointEvent, EndReason, StepEvent, TrainEvent } from "./events.ts";
import { NonFiniteError } from "./non-finite.ts";
import { monitoredMode, scheduleEveryOf } from "./option-defaults.ts";
import type { FitOptions } from "./options.ts";
import { Pacer } from "./pacer.ts";
import { now } from "./platform.ts";
import { RunState } from "./run-state.ts";
import { type BatchSource, batchesOf, countOf } from "./source.ts";
import { TrainingProgress } from "./training-progress.ts";
import { onOneBatch } from "./trial.ts";
import { type Update, Updater } from "./updater.ts";

/** One run of {@link fit}. */
export class Run<Batch, Name extends string> {
  readonly #model: Module;
  readonly #batches: BatchSource<Batch>;
  readonly #options: FitOptions<Batch, Name>;
  readonly #progress: TrainingProgress = new TrainingProgress();
  readonly #updater: Updater<Batch, Name>;
  readonly #pacer: Pacer;
  readonly #stopping: EarlyStopping;
  readonly #best: BestWeights;
  readonly #state: RunState;
  /** The threads that compute the gradients; `null` if it is this one. */
  #replicas: Replicas<Batch> | null = null;
  /** Whether no batch is half done, so that a checkpoint can be made. */
  #isBetween = true;
  /** Updates and epochs at the last checkpoint. */
  #saved = { steps: 0, epochs: 0 };
  /** Why the newest checkpoint was skipped; `null` if it was not. */
  #passedOver: string | null = null;
  /** Sets the random generators to the moment of the checkpoint, once the batches before it are skipped. */
  #resumeDraws: () => void = () => {};

  constructor(model: Module, batches: BatchSource<Batch>, options: FitOptions<Batch, Name>) {
    checkFit(model, batches, options);
    const { earlyStopping, yieldEvery = 12, pause, signal } = options;
    const sources = [batches, options.validation];
    this.#model = model;
    [this.#batches, this.#options] = onOneBatch(batches, options);
    this.#updater = new Updater(model, options, this.#progress);
    this.#pacer = new Pacer(yieldEvery, pause, signal);
    this.#stopping = new EarlyStopping({
      patience: earlyStopping?.patience ?? Number.POSITIVE_INFINITY,
      minDelta: earlyStopping?.minDelta,
      mode: monitoredMode(options),
    });
    this.#best = new BestWeights(model);
    this.#state = new RunState({
      model,
      sources,
      options,
      progress: this.#progress,
      stopping: this.#stopping,
      best: this.#best,
    });
  }

  async *events(): AsyncGenerator<TrainEvent<Name>, void, undefined> {
    const { epochs, optimizer, ema, trial } = this.#options;
    const progress = this.#progress;
    const started = now();
    this.#pacer.start();
    const wasTraining = this.#model.training;
    const wasAveraged = ema?.swapped ?? false;
    let reason: EndReason = "completed";
    let problem: NonFiniteError | null = null;
    optimizer.zeroGrad();
    if (wasAveraged) ema?.swap();
    const before = trial === "dry-run" ? this.#state.capture() : null;
    try {
      yield* this.#start();
      if (this.#stopping.shouldStop) reason = "early-stopping";
      while (reason === "completed" && progress.epochs < epochs) {
        reason = yield* this.#epoch(progress.epochs + 1);
      }
      if (this.#isBetween && this.#isDue(1, 1)) yield await this.#save();
    } catch (error) {
      if (!(error instanceof NonFiniteError)) throw error;
      reason = "non-finite";
      problem = error;
    } finally {
      await this.#replicas?.end();
      if (before === null) this.#leaveBest();
      else this.#undo(before, wasAveraged);
      this.#model.train(wasTraining);
    }
    yield {
      type: "end",
      reason,
      message: problem?.message ?? this.#explain(reason),
      epochs: progress.epochs,
      steps: progress.steps,
      bestEpoch: progress.bestEpoch,
      seconds: (now() - started) / 1000,
    };
    if (problem !== null) throw new RangeError(`fit: ${problem.message}`, { cause: problem.cause });
  }

  /** Continues from a checkpoint, if there is one, and starts replicas, if asked for. */
  async *#start(): AsyncGenerator<TrainEvent<Name>, void, undefined> {
    const { epochs, optimizer, parallel } = this.#options;
    await this.#resume();
    const { steps } = this.#progress;
    const learned = optimizer.parameterGroups.flatMap(({ parameters }) => parameters);
    const parameters = learned.reduce((count, { size }) => count + size, 0);
    yield { type: "start", epochs, batches: countOf(this.#batches), parameters, steps };
    if (this.#passedOver !== null) {
      const message = `continues from the checkpoint after step ${steps}; the newest one cannot be read: ${this.#passedOver}`;
      yield { type: "notice", message };
    }
    if (parallel === undefined) return;
    const replicas = await startReplicas(this.#model, parallel, this.#options);
    if (typeof replicas === "string") yield { type: "notice", message: replicas };
    else this.#replicas = replicas;
  }

  /** Leaves the model with the weights of the best epoch; without one, with the averages if there are any. */
  #leaveBest(): void {
    const { ema, restoreBest = true } = this.#options;
    if (!restoreBest || !this.#best.restore()) ema?.swap();
  }

  /** Puts everything back as it was before a dry run. */
  #undo(before: Checkpoint, wasAveraged: boolean): void {
    const done = this.#progress.stateDict();
    this.#state.restore(before);
    this.#progress.loadStateDict(done); // for the last event
    if (wasAveraged) this.#options.ema?.swap();
  }

  /** Trains and validates one epoch; returns why training ends here, or `"completed"` if it goes on. */
  async *#epoch(epoch: number): AsyncGenerator<TrainEvent<Name>, EndReason, undefined> {
    const { epochs, schedule, validation, checkpoints } = this.#options;
    const started = now();
    const progress = this.#progress;
    if (progress.batches === 0) this.#state.beginEpoch();
    this.#updater.beginEpoch();
    const interruption = yield* this.#train(epoch);
    if (interruption !== null) return interruption;
    const { weight, value: trainLoss } = progress.mean;
    if (weight === 0) {
      const advice =
        epoch === 1
          ? "check that there are samples, at least batchSize of them with dropLast"
          : "pass batches that can be iterated again, or a function that makes them";
      throw new RangeError(`fit: epoch ${epoch} has no batches; ${advice}`);
    }
    const judged = validation === undefined ? null : await this.#validate(validation, epoch);
    if (judged === "aborted") return judged;
    const result = judged?.result ?? null;
    const unclear = result === null ? null : this.#unclear(result);
    if (unclear !== null) {
      const message = `validation ${unclear} of epoch ${epoch} is NaN, so it cannot be the best; look for NaN in the validation data and in what the model makes of them`;
      yield { type: "notice", message };
    }
    if (scheduleEveryOf(this.#options) === "epoch") {
      schedule?.step(result === null ? trainLoss : this.#monitored(result));
    }
    progress.endEpoch();
    if (this.#isDue(Number.POSITIVE_INFINITY, checkpoints?.everyEpochs ?? 1)) yield await this.#save();
    yield {
      type: "epoch",
      epoch,
      epochs,
      trainLoss,
      trainMetrics: this.#updater.metrics,
      validation: result,
      isBest: judged?.isBest ?? false,
      learningRate: progress.learningRate,
      seconds: (now() - started) / 1000,
    };
    return this.#stopping.shouldStop ? "early-stopping" : "completed";
  }

  /** Updates the model with every batch of one epoch; returns why training ends within it, or `null`. */
  async *#train(
    epoch: number,
  ): AsyncGenerator<StepEvent | CheckpointEvent, "aborted" | "time-limit" | null, undefined> {
    const { chunks, checkpoints } = this.#options;
    const progress = this.#progress;
    const passed = progress.batches;
    const batches = batchesOf(this.#batches, epoch);
    const count = countOf(batches);
    let position = 0;
    const report = (update: Update): StepEvent => {
      progress.learningRate = update.learningRate;
      progress.mean.add(update.loss, update.samples);
      return { type: "step", epoch, batch: position, batches: count, ...update };
    };
    const finish = () => {
      progress.batches = position;
      this.#isBetween = this.#updater.isSettled;
    };
    this.#model.train();
    let interruption = this.#interruption();
    if (interruption !== null) return interruption;
    for await (const batch of batches) {
      if (++position <= passed) {
        if (position === passed) this.#resumeDraws();
        continue;
      }
      this.#isBetween = false;
      for await (const { loss } of this.#gradients(batch, epoch)) {
        const update = this.#updater.take(loss, batch, epoch);
        if (chunks === undefined) finish(); // only the caller knows which chunk is the last
        if (update !== null) yield report(update);
        await this.#pacer.breathe();
        interruption = this.#interruption();
        if (interruption !== null) return interruption;
      }
      finish();
      if (this.#isBetween && this.#isDue(checkpoints?.everySteps)) yield await this.#save();
    }
    if (position < passed) {
      throw new RangeError(
        `fit: the checkpoint is after batch ${passed} of epoch ${epoch}, which now has ${position}`,
      );
    }
    const last = this.#updater.flush(epoch);
    finish();
    if (last !== null) yield report(last);
    return this.#interruption();
  }

  /** Computes the gradients of a batch, here or in replicas; each turn finds them in the parameters. */
  #gradients(
    batch: Batch,
    epoch: number,
  ): Iterable<{ readonly loss: number }> | AsyncIterable<{ readonly loss: number }> {
    if (this.#replicas === null) return this.#updater.gradients(batch, epoch);
    return this.#replicas.gradients(batch, this.#updater.factorOf(batch));
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
    const isBest = this.#stopping.update(
      this.#unclear(result) === null ? this.#monitored(result) : Number.NaN,
    );
    if (isBest) {
      this.#progress.bestEpoch = epoch;
      if (this.#options.restoreBest !== false) this.#best.save();
    }
    return isBest;
  }

  #monitored(result: Evaluation<Name>): number {
    const { monitor = "loss" } = this.#options;
    return monitor === "loss" ? result.loss : result.metrics[monitor];
  }

  /** Which result is NaN, the loss or the monitored metric; then it is never the best. */
  #unclear(result: Evaluation<Name>): string | null {
    if (Number.isNaN(result.loss)) return "loss";
    return Number.isNaN(this.#monitored(result)) ? (this.#options.monitor ?? null) : null;
  }

  /** Continues from the newest checkpoint, if there is one. */
  async #resume(): Promise<void> {
    const { store, resume = true } = this.#options.checkpoints ?? {};
    const found = resume && store !== undefined ? await store.load() : null;
    if (found === null) return;
    this.#passedOver = store?.passedOver ?? null;
    this.#resumeDraws = this.#state.restore(found);
    this.#saved = { steps: this.#progress.steps, epochs: this.#progress.epochs };
  }

  /** Whether a multiple of this many updates or epochs was passed since the last checkpoint. */
  #isDue(everySteps = Number.POSITIVE_INFINITY, everyEpochs = Number.POSITIVE_INFINITY): boolean {
    if (this.#options.checkpoints === undefined) return false;
    const { steps, epochs } = this.#progress;
    const passed = (every: number, now: number, saved: number) =>
      Math.floor(now / every) > Math.floor(saved / every);
    return passed(everySteps, steps, this.#saved.steps) || passed(everyEpochs, epochs, this.#saved.epochs);
  }

  async #save(): Promise<CheckpointEvent> {
    const { epochs, steps } = this.#progress;
    await this.#options.checkpoints?.store.save(this.#state.capture());
    this.#saved = { steps, epochs };
    return { type: "checkpoint", epoch: epochs, step: steps };
  }

  #interruption(): "aborted" | "time-limit" | null {
    const { signal, maxSeconds = Number.POSITIVE_INFINITY } = this.#options;
    if (signal?.aborted) return "aborted";
    return this.#pacer.worked >= 1000 * maxSeconds ? "time-limit" : null;
  }

  #explain(reason: EndReason): string {
    const { earlyStopping, monitor = "loss", maxSeconds } = this.#options;
    const { epochs, steps } = this.#progress;
    if (reason === "aborted") return `aborted after ${steps} steps`;
    if (reason === "time-limit") return `${maxSeconds} seconds are over after ${steps} steps`;
    if (reason === "completed") return `completed ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`;
    return `validation ${monitor} has not improved for ${earlyStopping?.patience} epochs`;
  }
}
