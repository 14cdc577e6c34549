import { wrongKind } from "../check.ts";
import { clipGradValue } from "../clip.ts";
import { blame, gradientsOf, normOf, scaleDown } from "../gradients.ts";
import { lossOf } from "./metrics.ts";
import type { FitOptions } from "./options.ts";

/** What one update of the parameters was like. */
export interface Update {
  /** The update, from 1. */
  readonly step: number;
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

  constructor(options: FitOptions<Batch, Name>) {
    this.#options = options;
  }

  /** Updates done so far. */
  get steps(): number {
    return this.#steps;
  }

  /** Updates the parameters with one batch, in one go or chunk by chunk. */
  *updates(batch: Batch, epoch: number): Generator<Update, void, undefined> {
    const { optimizer, schedule, scheduleEvery, chunks, ema } = this.#options;
    for (const { loss } of chunks === undefined ? this.#whole(batch, epoch) : iterable(chunks(batch))) {
      this.#guardLoss(loss, epoch);
      const gradientNorm = this.#clip(epoch);
      const learningRate = optimizer.parameterGroups[0]?.learningRate ?? Number.NaN;
      optimizer.step();
      optimizer.zeroGrad();
      ema?.update();
      this.#steps++;
      this.#lastLoss = loss;
      if (scheduleEvery === "step") schedule?.step(loss);
      yield { step: this.#steps, loss, gradientNorm, learningRate };
    }
  }

  /** The batch as one chunk. */
  *#whole(batch: Batch, epoch: number): Generator<{ loss: number }, void, undefined> {
    const loss = lossOf("fit", this.#options.loss(batch));
    this.#guardLoss(loss.item(), epoch);
    loss.backward();
    yield { loss: loss.item() };
  }

  /** Clips the gradients as asked for; returns their norm before, or `null` if it was not needed. */
  #clip(epoch: number): number | null {
    const { optimizer, clipNorm, clipValue } = this.#options;
    if (clipNorm === undefined && clipValue === undefined) return null;
    const parameters = optimizer.parameterGroups.flatMap((group) => group.parameters);
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
