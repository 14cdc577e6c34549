import type { Parameter } from "@rnn/nn";
import { wrongKind } from "../check.ts";
import { clipGradValue } from "../clip.ts";
import { blame, gradientsOf, normOf, scaleDown } from "../gradients.ts";
import { lossOf } from "./metrics.ts";
import type { FitOptions } from "./options.ts";
import { BatchMean, weightOf } from "./source.ts";

/** What one update of the parameters was like. */
export interface Update {
  /** The update, from 1. */
  readonly step: number;
  readonly samples: number;
  readonly loss: number;
  readonly gradientNorm: number | null;
  readonly learningRate: number;
}

/** Stops the training: a loss or a gradient was NaN or infinite. */
export class NonFiniteError extends Error {}

/** Turns batches into updates: gradients, the guard against numbers that are not finite, clipping, optimizer, schedule. */
export class Updater<Batch, Name extends string> {
  readonly #options: FitOptions<Batch, Name>;
  #steps = 0;
  #lastLoss = Number.NaN;
  /** The batches whose gradients are being accumulated. */
  #group = new BatchMean();

  constructor(options: FitOptions<Batch, Name>) {
    this.#options = options;
  }

  /** Updates done so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Takes in one batch: an update of the parameters, one per chunk, or `null` while gradients are being accumulated.
   */
  *take(batch: Batch, epoch: number): Generator<Update | null, void, undefined> {
    const { chunks, accumulate = 1 } = this.#options;
    const samples = weightOf(batch);
    if (chunks !== undefined) {
      for (const { loss } of iterable(chunks(batch))) {
        this.#guardLoss(loss, epoch);
        yield this.#update(loss, samples, epoch);
      }
      return;
    }
    const loss = lossOf("fit", this.#options.loss(batch));
    this.#guardLoss(loss.item(), epoch);
    if (accumulate === 1) {
      loss.backward();
      yield this.#update(loss.item(), samples, epoch);
      return;
    }
    // weighted, so that the gradient of the group is that of its mean loss however its samples are cut into batches
    loss.mul(samples).backward();
    this.#group.add(loss.item(), samples);
    yield this.#group.count === accumulate ? this.flush(epoch) : null;
  }

  /** The update of the batches accumulated so far; `null` if there are none. */
  flush(epoch: number): Update | null {
    const { count, value, weight } = this.#group;
    if (count === 0) return null;
    this.#group = new BatchMean();
    for (const gradient of gradientsOf(this.#parameters())) {
      for (let i = 0; i < gradient.length; i++) gradient[i]! /= weight;
    }
    return this.#update(value, weight, epoch);
  }

  /** One step of the optimizer with the gradients that are there, and what goes with it. */
  #update(loss: number, samples: number, epoch: number): Update {
    const { optimizer, schedule, scheduleEvery, ema } = this.#options;
    const gradientNorm = this.#clip(epoch);
    const learningRate = optimizer.parameterGroups[0]?.learningRate ?? Number.NaN;
    optimizer.step();
    optimizer.zeroGrad();
    ema?.update();
    this.#steps++;
    this.#lastLoss = loss;
    if (scheduleEvery === "step") schedule?.step(loss);
    return { step: this.#steps, samples, loss, gradientNorm, learningRate };
  }

  #parameters(): Parameter[] {
    return this.#options.optimizer.parameterGroups.flatMap(({ parameters }) => parameters);
  }

  /** Clips the gradients as asked for; returns their norm before, or `null` if it was not needed. */
  #clip(epoch: number): number | null {
    const { clipNorm, clipValue } = this.#options;
    if (clipNorm === undefined && clipValue === undefined) return null;
    const parameters = this.#parameters();
    let norm: number | null = null;
    if (clipNorm !== undefined) {
      const gradients = gradientsOf(parameters);
      norm = normOf(gradients, 2);
      if (!Number.isFinite(norm)) this.#stop(`gradient norm is ${norm}`, epoch, blame(parameters));
      scaleDown(gradients, norm, clipNorm);
    }
    if (clipValue !== undefined) clipGradValue(parameters, clipValue);
    return norm;
  }

  #guardLoss(loss: number, epoch: number): void {
    if (!Number.isFinite(loss)) this.#stop(`loss is ${loss}`, epoch, null);
  }

  #stop(what: string, epoch: number, detail: string | null): never {
    const where = `${what} at step ${this.#steps + 1} (epoch ${epoch})`;
    const advice =
      this.#steps === 0
        ? "nothing was updated yet, so look for it in the data, the loss or the initial weights"
        : `the last finite loss was ${this.#lastLoss} at step ${this.#steps}; try a smaller learningRate or clipNorm`;
    throw new NonFiniteError([where, ...(detail === null ? [] : [detail]), advice].join("; "));
  }
}

/** What `chunks` returned; throws unless it can be iterated. */
function iterable<Item>(chunks: Iterable<Item>): Iterable<Item> {
  if (typeof Object(chunks)[Symbol.iterator] === "function") return chunks;
  throw wrongKind("fit", "what chunks returns", "something to iterate over, as tbptt(...)", chunks);
}
