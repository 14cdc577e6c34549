import type { StartEvent, StepEvent } from "@rnn/train";
import { Progress } from "@rnn/train/log";
import type { Training } from "../tasks/task.ts";
import type { Output } from "../terminal/output.ts";

/** The progress bar of a training. */
export class TrainingProgress {
  readonly #training: Training;
  readonly #output: Output;
  #bar: Progress;
  /** Most epochs, and the samples of all of them. */
  #epochs: number;
  #total: number;

  constructor(training: Training, output: Output) {
    const { epochs, samplesPerEpoch, unit } = training;
    this.#training = training;
    this.#output = output;
    this.#epochs = epochs;
    this.#total = epochs * samplesPerEpoch;
    this.#bar = new Progress(output, { total: this.#total, unit, mayEndEarly: true });
  }

  /** Begins again, for a second training, which may have more samples in an epoch and goes on to its end. */
  restart({ epochs, batches }: StartEvent): void {
    const { stepsPerEpoch, unit } = this.#training;
    this.#epochs = epochs;
    this.#total = this.#samplesOf(epochs * (batches ?? stepsPerEpoch));
    this.#bar = new Progress(this.#output, { total: this.#total, unit });
  }

  update(event: StepEvent): void {
    this.#bar.update({
      title: `epoch ${event.epoch}/${this.#epochs}`,
      done: Math.min(this.#total, this.#samplesOf(event.step)),
      note: this.#training.stepNote?.(event) ?? `loss ${event.loss.toFixed(3)}`,
    });
  }

  /** Takes the bar away, so that a line can be printed. */
  clear(): void {
    this.#bar.clear();
  }

  /** About how many samples so many steps take. */
  #samplesOf(steps: number): number {
    const { samplesPerEpoch, stepsPerEpoch } = this.#training;
    return Math.round((steps / stepsPerEpoch) * samplesPerEpoch);
  }
}
