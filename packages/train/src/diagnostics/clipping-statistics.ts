import { checkLimit } from "../check.ts";
import type { TrainEvent } from "../fit/events.ts";

/**
 * Counts how often the gradient was clipped, from the events of `fit` with `clipNorm`.
 *
 * @remarks
 * It can be one of the loggers of `logTo`. With `clipNorm: Infinity` in `fit`, it shows what a threshold would do.
 * Serialisable: `JSON.stringify` gives its numbers.
 *
 * @throws RangeError if `clipNorm` is not a number of at least 0.
 *
 * @example
 * ```ts
 * import { ClippingStatistics } from "@rnn/train/diagnostics";
 *
 * const clipping = new ClippingStatistics(1);
 * const step = { epoch: 1, step: 1, batch: 1, batches: 9, samples: 32, loss: 0.5, learningRate: 0.1 };
 * for (const gradientNorm of [0.5, 4, 1, 2.5]) clipping.log({ type: "step", ...step, gradientNorm });
 * clipping.share; // => 0.5
 * JSON.stringify(clipping); // => '{"clipNorm":1,"steps":4,"clipped":2,"share":0.5,"mean":2,"largest":4}'
 * ```
 *
 * @public
 */
export class ClippingStatistics {
  /** The threshold. */
  readonly clipNorm: number;
  #steps = 0;
  #clipped = 0;
  #sum = 0;
  #largest = 0;

  constructor(clipNorm: number) {
    checkLimit("ClippingStatistics", "clipNorm", clipNorm);
    this.clipNorm = clipNorm;
  }

  /** Takes in an event; steps without a norm do not count. */
  log(event: TrainEvent<string>): void {
    if (event.type !== "step" || event.gradientNorm === null) return;
    const { gradientNorm } = event;
    this.#steps++;
    this.#clipped += Number(gradientNorm > this.clipNorm);
    this.#sum += gradientNorm;
    this.#largest = Math.max(this.#largest, gradientNorm);
  }

  /** Updates counted. */
  get steps(): number {
    return this.#steps;
  }

  /** Updates whose gradient was longer than the threshold. */
  get clipped(): number {
    return this.#clipped;
  }

  /** Share of updates that were clipped. */
  get share(): number {
    return this.#clipped / this.#steps;
  }

  /** Mean norm before clipping. */
  get mean(): number {
    return this.#sum / this.#steps;
  }

  /** Largest norm before clipping. */
  get largest(): number {
    return this.#largest;
  }

  /** All of it, as plain data. */
  toJSON(): {
    clipNorm: number;
    steps: number;
    clipped: number;
    share: number;
    mean: number;
    largest: number;
  } {
    const { clipNorm, steps, clipped, share, mean, largest } = this;
    return { clipNorm, steps, clipped, share, mean, largest };
  }
}
