import type { StartEvent, StepEvent } from "@rnn/train";
import { Progress } from "@rnn/train/log";
import type { Training } from "../tasks/task.ts";
import type { Output } from "../terminal/output.ts";

/** The progress bar of a training, and of those that it may have after the first, one at a time. */
export class TrainingProgress {
  readonly #training: Training;
  readonly #output: Output;
  #bar: Progress | null = null;
  #epochs = 0;
  #samplesPerEpoch = 0;

  constructor(training: Training, output: Output) {
    this.#training = training;
    this.#output = output;
  }

  /** Begins a bar. What was done before an interruption does not count for its rate. */
  start({ epochs, batches, steps }: StartEvent): void {
    const { samplesPerEpoch, batchesPerEpoch, unit } = this.#training;
    // a second training may have more batches, of about the same size
    const share = (batches ?? batchesPerEpoch) / batchesPerEpoch;
    this.#epochs = epochs;
    this.#samplesPerEpoch = Math.round(share * samplesPerEpoch);
    const total = epochs * this.#samplesPerEpoch;
    this.#bar = new Progress(this.#output, { total, unit, mayEndEarly: true });
    this.#bar.begin(Math.round((steps / batchesPerEpoch) * samplesPerEpoch));
  }

  update(event: StepEvent): void {
    const { epoch, batch, batches } = event;
    const done = epoch - 1 + batch / (batches ?? this.#training.batchesPerEpoch);
    this.#bar?.update({
      title: `epoch ${epoch}/${this.#epochs}`,
      done: Math.round(done * this.#samplesPerEpoch),
      note: this.#training.stepNote?.(event) ?? `loss ${event.loss.toFixed(3)}`,
    });
  }

  /** Takes the bar away, so that a line can be printed. */
  clear(): void {
    this.#bar?.clear();
  }
}
