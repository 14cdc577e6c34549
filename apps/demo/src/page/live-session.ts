import { Generator } from "@rnn/tensor";
import { type RecurrentConfig, TextClassifier } from "../tasks/classification/model.ts";
import { encodeModel } from "../tasks/classification/saved/model-file.ts";
import type { TextTask } from "../tasks/classification/text-task.ts";
import { evaluateClassifier, trainClassifier } from "../tasks/classification/train-classifier.ts";
import { liveData } from "./live-data.ts";
import type { FromWorker, TrainingRequest } from "./messages.ts";

/** Settings of the training that the form does not ask for. */
const SETTINGS = { batchSize: 32, clip: 1, average: 0 };
/** Steps between two reports. */
const REPORT_EVERY = 4;

/** One training in the worker: it can be paused and stopped between any two steps. */
export class LiveSession {
  readonly #abort = new AbortController();
  readonly #send: (message: FromWorker) => void;
  #resume: (() => void) | null = null;
  #paused: Promise<void> | null = null;

  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  resume(): void {
    this.#resume?.();
    this.#resume = null;
    this.#paused = null;
  }

  stop(): void {
    this.#abort.abort();
    this.resume();
  }

  async run(request: TrainingRequest): Promise<void> {
    const { seed, epochs, learningRate } = request;
    const { task, train, validation, test } = liveData(seed);
    const generator = new Generator(seed);
    const model = new TextClassifier(configOf(request, task), generator);
    const settings = { ...SETTINGS, epochs, patience: epochs, learningRate };
    const events = trainClassifier(model, train, validation, settings, generator, this.#abort.signal);

    let step = 0;
    let accuracy = 0;
    let reason = "completed";
    const encoded = (epoch: number) => {
      const metrics = { "validation accuracy": accuracy };
      return encodeModel({ model, task, note: { data: "live", seed, epochs: epoch, metrics } });
    };
    for await (const event of events) {
      if (event.type === "step") {
        step = event.step;
        const { epoch, loss, batches } = event;
        if (step % REPORT_EVERY === 1) {
          this.#send({ type: "steps", epoch, step, steps: (batches ?? 0) * epochs, loss });
        }
      } else if (event.type === "epoch" && event.validation !== null) {
        const { epoch, validation } = event;
        accuracy = validation.metrics.accuracy;
        const validationLoss = validation.loss;
        this.#send({ type: "epoch", epoch, step, validationLoss, accuracy, model: encoded(epoch) });
      } else if (event.type === "end") {
        reason = event.reason;
      }
      if (this.#paused !== null) await this.#paused;
    }
    const { metrics } = await evaluateClassifier(model, test);
    this.#send({ type: "end", reason, accuracy: metrics.accuracy, model: encoded(epochs) });
  }
}

/** Small, so that an epoch takes about a second. */
function configOf({ cell, hidden }: TrainingRequest, task: TextTask): RecurrentConfig {
  return {
    kind: "recurrent",
    cell,
    words: task.vocabulary.length,
    embedding: 32,
    hidden,
    layers: 1,
    directions: 1,
    pooling: "max",
    dropout: 0.3,
    classes: 2,
  };
}
