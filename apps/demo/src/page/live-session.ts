import { Generator } from "@rnn/tensor";
import { labelsOf } from "../data/labels.ts";
import { TextClassifier } from "../tasks/classification/model.ts";
import { encodeModel } from "../tasks/classification/saved/model-file.ts";
import { splitExamples } from "../tasks/classification/split.ts";
import { buildVocabulary, type TextTask } from "../tasks/classification/text-task.ts";
import {
  encodeExamples,
  evaluateClassifier,
  trainClassifier,
} from "../tasks/classification/train-classifier.ts";
import { liveSentences } from "./live-sentences.ts";
import type { FromWorker, TrainingRequest } from "./messages.ts";

/** Fixed settings of the live model: small, so that an epoch takes about a second. */
const SETTINGS = { embedding: 32, dropout: 0.3, batchSize: 32, clip: 1, maxLength: 100 };
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

  async run({ cell, hidden, learningRate, epochs, seed }: TrainingRequest): Promise<void> {
    const examples = liveSentences();
    const parts = splitExamples(examples, seed, "sentences");
    const task: TextTask = {
      vocabulary: buildVocabulary(
        parts.train.map(({ text }) => text),
        { maxWords: 20_000, minCount: 1 },
      ),
      labels: labelsOf(examples, "sentences"),
      maxLength: SETTINGS.maxLength,
      threshold: 0,
    };
    const generator = new Generator(seed);
    const { embedding, dropout, batchSize, clip } = SETTINGS;
    const config = {
      kind: "recurrent",
      cell,
      words: task.vocabulary.length,
      embedding,
      hidden,
      layers: 1,
      directions: 1,
      pooling: "max",
      dropout,
      classes: 2,
    } as const;
    const model = new TextClassifier(config, generator);
    const [train, validation, test] = [parts.train, parts.validation, parts.test].map((part) =>
      encodeExamples(part, task),
    );
    const settings = { epochs, patience: epochs, learningRate, batchSize, clip, average: 0 };

    let step = 0;
    let reason = "completed";
    let accuracy = 0;
    const bytes = (epoch: number) =>
      encodeModel({
        model,
        task,
        note: { data: "live", seed, epochs: epoch, metrics: { "validation accuracy": accuracy } },
      });
    for await (const event of trainClassifier(
      model,
      train!,
      validation!,
      settings,
      generator,
      this.#abort.signal,
    )) {
      if (event.type === "step") {
        step = event.step;
        if (step % REPORT_EVERY === 1) {
          const steps = (event.batches ?? 0) * epochs;
          this.#send({ type: "steps", epoch: event.epoch, step, steps, loss: event.loss });
        }
      } else if (event.type === "epoch" && event.validation !== null) {
        accuracy = event.validation.metrics.accuracy;
        const validationLoss = event.validation.loss;
        this.#send({
          type: "epoch",
          epoch: event.epoch,
          step,
          validationLoss,
          accuracy,
          model: bytes(event.epoch),
        });
      } else if (event.type === "end") {
        reason = event.reason;
      }
      if (this.#paused !== null) await this.#paused;
    }
    const { metrics } = await evaluateClassifier(model, test!);
    this.#send({ type: "end", reason, accuracy: metrics.accuracy, model: bytes(epochs) });
  }
}
