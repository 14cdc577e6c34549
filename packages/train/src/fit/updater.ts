import { AnomalyError, type Module, type Parameter, type Variable } from "@rnn/nn";
import { wrongKind } from "../check.ts";
import { clipGradValue } from "../clip.ts";
import { describeNonFinite, gradientsOf, normOf, scaleDown } from "../gradients.ts";
import { lossOf, MetricSet } from "./metrics.ts";
import { NonFiniteError, originOf } from "./non-finite.ts";
import { scheduleEveryOf } from "./option-defaults.ts";
import type { FitOptions } from "./options.ts";
import { BatchMean, weightOf } from "./source.ts";
import type { TrainingProgress } from "./training-progress.ts";

/** What one update of the parameters was like. */
export interface Update {
  /** The update, from 1. */
  readonly step: number;
  readonly samples: number;
  readonly loss: number;
  readonly gradientNorm: number | null;
  readonly learningRate: number;
}

/** Turns batches into updates: gradients, the guard against numbers that are not finite, clipping, optimizer, schedule. */
export class Updater<Batch, Name extends string> {
  readonly #model: Module;
  readonly #options: FitOptions<Batch, Name>;
  readonly #progress: TrainingProgress;
  /** The batches whose gradients are being accumulated. */
  #group = new BatchMean();
  /** Of the batches of the running epoch; `null` unless they were asked for. */
  #metrics: MetricSet<Name> | null = null;
  /** Whether a parameter of the optimizer ever had a gradient. */
  #learns = false;

  constructor(model: Module, options: FitOptions<Batch, Name>, progress: TrainingProgress) {
    this.#model = model;
    this.#options = options;
    this.#progress = progress;
  }

  /** Starts the metrics of an epoch. */
  beginEpoch(): void {
    const { metrics, trainMetrics = false } = this.#options;
    this.#metrics = trainMetrics ? new MetricSet("fit", metrics) : null;
  }

  /** The metrics over the batches since `beginEpoch`; `null` unless they were asked for. */
  get metrics(): Readonly<Record<Name, number>> | null {
    return this.#metrics?.values ?? null;
  }

  /** Whether every batch so far went into an update. */
  get isSettled(): boolean {
    return this.#group.count === 0;
  }

  /** The factor of a batch's gradients: the gradient of a group is that of its mean loss however it is cut into batches. */
  factorOf(batch: Batch): number {
    const { accumulate = 1 } = this.#options;
    return accumulate === 1 ? 1 : weightOf(batch);
  }

  /** Computes gradients of a batch in this thread, at once or chunk by chunk; pass each loss to `take`. */
  gradients(batch: Batch, epoch: number): Iterable<{ readonly loss: number }> {
    const { chunks } = this.#options;
    return chunks === undefined ? this.#whole(batch, epoch) : iterable("fit", chunks(batch));
  }

  /** Uses the gradients of a batch or chunk, which are in the parameters: for an update, or `null` while they are accumulated. */
  take(loss: number, batch: Batch, epoch: number): Update | null {
    const { chunks, accumulate = 1 } = this.#options;
    const run = chunks === undefined ? () => this.#lossOf(batch) : null;
    this.#guardLoss(loss, epoch, run);
    if (accumulate === 1) return this.#update(loss, weightOf(batch), epoch, run);
    this.#group.add(loss, weightOf(batch));
    return this.#group.count === accumulate ? this.flush(epoch) : null;
  }

  /** The batch as one chunk. */
  *#whole(batch: Batch, epoch: number): Generator<{ readonly loss: number }, void, undefined> {
    const result = this.#options.loss(batch);
    const loss = lossOf("fit", result);
    this.#guardLoss(loss.item(), epoch, () => this.#lossOf(batch));
    this.#metrics?.update(result);
    const factor = this.factorOf(batch);
    (factor === 1 ? loss : loss.mul(factor)).backward();
    yield { loss: loss.item() };
  }

  #lossOf(batch: Batch): Variable {
    return lossOf("fit", this.#options.loss(batch));
  }

  /** The update of the batches accumulated so far; `null` if there are none. */
  flush(epoch: number): Update | null {
    const { count, value, weight } = this.#group;
    if (count === 0) return null;
    this.#group = new BatchMean();
    for (const gradient of gradientsOf(this.#parameters())) {
      for (let i = 0; i < gradient.length; i++) gradient[i]! /= weight;
    }
    return this.#update(value, weight, epoch, null);
  }

  /** One step of the optimizer with the gradients that are there, and what goes with it. */
  #update(loss: number, samples: number, epoch: number, run: Rerun): Update {
    const { optimizer, schedule, ema, chunks } = this.#options;
    if (chunks === undefined) this.#guardGradients();
    const gradientNorm = this.#clip(epoch, run);
    const learningRate = optimizer.parameterGroups[0]?.learningRate ?? Number.NaN;
    optimizer.step();
    optimizer.zeroGrad();
    ema?.update();
    const step = ++this.#progress.steps;
    this.#progress.lastLoss = loss;
    if (scheduleEveryOf(this.#options) === "step") schedule?.step(loss);
    return { step, samples, loss, gradientNorm, learningRate };
  }

  #parameters(): Parameter[] {
    return this.#options.optimizer.parameterGroups.flatMap(({ parameters }) => parameters);
  }

  /** Clips the gradients as asked for; returns their norm before, or `null` if it was not needed. */
  #clip(epoch: number, run: Rerun): number | null {
    const { clipNorm, clipValue } = this.#options;
    if (clipNorm === undefined && clipValue === undefined) return null;
    const parameters = this.#parameters();
    let norm: number | null = null;
    if (clipNorm !== undefined) {
      const gradients = gradientsOf(parameters);
      norm = normOf(gradients, 2);
      if (!Number.isFinite(norm)) {
        const what = `gradient norm is ${norm}`;
        const culprit = describeNonFinite(parameters);
        this.#options.optimizer.zeroGrad(); // so that the second run finds where it began
        this.#stop(what, epoch, culprit, run && (() => run().backward()));
      }
      scaleDown(gradients, norm, clipNorm);
    }
    if (clipValue !== undefined) clipGradValue(parameters, clipValue);
    return norm;
  }

  /** Throws if the first gradients reach no parameter of the optimizer. */
  #guardGradients(): void {
    if (this.#learns) return;
    const parameters = this.#parameters();
    this.#learns = parameters.some(({ grad, rowGrad }) => grad !== null || rowGrad !== null);
    if (this.#learns) return;
    throw new Error(
      `fit: the first batch gives no gradient to any of the optimizer's ${parameters.length} parameters; check that loss ` +
        "runs the model that is trained, that nothing is detached or computed within noGrad, and that not all is frozen",
    );
  }

  #guardLoss(loss: number, epoch: number, run: Rerun): void {
    if (!Number.isFinite(loss)) this.#stop(`loss is ${loss}`, epoch, null, run);
  }

  #stop(what: string, epoch: number, detail: string | null, run: (() => unknown) | null): never {
    const { steps, lastLoss } = this.#progress;
    const origin = originOf(this.#model, run);
    const found = origin instanceof AnomalyError ? origin.message.replace("detectAnomaly: ", "") : origin;
    const advice =
      steps === 0
        ? "nothing was updated yet, so look for it in the data, the loss or the initial weights"
        : `the last finite loss was ${lastLoss} at step ${steps}; try a smaller learningRate or clipNorm`;
    const parts = [`${what} at step ${steps + 1} (epoch ${epoch})`, detail, found, advice];
    const message = parts.filter((part) => part !== null).join("; ");
    throw new NonFiniteError(message, origin instanceof AnomalyError ? { cause: origin } : undefined);
  }
}

/** Computes the loss of the batch again; `null` where that cannot be done. */
type Rerun = (() => Variable) | null;

/** What `chunks` returned; throws unless it can be iterated. */
export function iterable<Item>(where: string, chunks: Iterable<Item>): Iterable<Item> {
  if (typeof Object(chunks)[Symbol.iterator] === "function") return chunks;
  throw wrongKind(where, "what chunks returns", "something to iterate over, as tbptt(...)", chunks);
}
