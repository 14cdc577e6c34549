import { Generator } from "@rnn/tensor";
import type { EndEvent } from "@rnn/train";
import { Progress } from "@rnn/train/log";
import { InputError } from "../errors.ts";
import { type Epoch, epochLine, learningCurve } from "../report/epochs.ts";
import { saveModel } from "../saved/model-folder.ts";
import { compare } from "../tasks/classification/compare.ts";
import { TextClassifier } from "../tasks/classification/model.ts";
import { type PreparedData, showcase } from "../tasks/classification/prepare.ts";
import { exampleLines } from "../tasks/classification/report/examples.ts";
import { headerLines } from "../tasks/classification/report/header.ts";
import { nextSteps } from "../tasks/classification/report/next-steps.ts";
import { scoreTable } from "../tasks/classification/report/scores.ts";
import type { SavedModel } from "../tasks/classification/saved/model-file.ts";
import { buildVocabulary, type TextTask } from "../tasks/classification/text-task.ts";
import type { TrainOptions } from "../tasks/classification/train-options.ts";
import { encodeExamples, trainClassifier } from "../tasks/classification/training.ts";
import { type Paint, painter } from "../terminal/colour.ts";
import { widthOf } from "../terminal/output.ts";
import { Interrupt } from "./interrupt.ts";
import type { Streams } from "./streams.ts";

/** One training from prepared data to the report. */
export class TrainRun {
  readonly #options: TrainOptions;
  readonly #data: PreparedData;
  readonly #streams: Streams;
  readonly #paint: Paint;
  readonly #width: number;
  readonly #generator: Generator;
  readonly #task: TextTask;
  readonly #model: TextClassifier;

  constructor(options: TrainOptions, data: PreparedData, streams: Streams) {
    this.#options = options;
    this.#data = data;
    this.#streams = streams;
    this.#paint = painter(streams.out, streams.env);
    this.#width = widthOf(streams.out);
    this.#generator = new Generator(options.seed);
    this.#task = {
      vocabulary: buildVocabulary(
        data.parts.train.map(({ text }) => text),
        { maxWords: options["max-words"], minCount: options["min-count"] },
      ),
      labels: data.labels,
      maxLength: options["max-length"],
    };
    const { cell, embedding, hidden, layers, pooling, dropout } = options;
    const directions = options.directions === 1 ? 1 : 2;
    const sizes = { words: this.#task.vocabulary.length, classes: data.labels.length };
    const config = { cell, embedding, hidden, layers, directions, pooling, dropout, ...sizes } as const;
    this.#model = new TextClassifier(config, this.#generator);
  }

  /** Trains, saves the best model, reports. Returns the exit code. */
  async run(): Promise<number> {
    const interrupt = new Interrupt(() =>
      this.#streams.err.write("\nstopping; press Ctrl-C again to leave at once\n"),
    );
    try {
      this.#print(...headerLines(this.#data, this.#model, this.#task, this.#options), "");
      const { epochs, end } = await this.#train(interrupt.signal);
      await this.#finish(epochs, end, interrupt.exitCode === undefined);
    } finally {
      interrupt.dispose();
    }
    return interrupt.exitCode ?? 0;
  }

  async #train(signal: AbortSignal): Promise<{ epochs: Epoch[]; end: EndEvent }> {
    const { parts, unit } = this.#data;
    const { "learning-rate": learningRate, "batch-size": batchSize, ...others } = this.#options;
    const { epochs, patience, clip, average } = others;
    const perEpoch = parts.train.length;
    const progress = new Progress(this.#streams.err, { total: epochs * perEpoch, unit, mayEndEarly: true });
    const finished: Epoch[] = [];
    const events = trainClassifier(
      this.#model,
      encodeExamples(parts.train, this.#task),
      encodeExamples(parts.validation, this.#task),
      { epochs, patience, learningRate, batchSize, clip, average },
      this.#generator,
      signal,
    );
    for await (const event of events) {
      if (event.type === "step") {
        progress.update({
          title: `epoch ${event.epoch}/${epochs}`,
          done: (event.epoch - 1) * perEpoch + Math.min(event.batch * batchSize, perEpoch),
          note: `loss ${event.loss.toFixed(3)}`,
        });
        continue;
      }
      progress.clear();
      if (event.type === "end") return { epochs: finished, end: event };
      if (event.type !== "epoch") continue;
      finished.push(event as Epoch);
      this.#print(epochLine(event as Epoch, this.#paint));
    }
    throw new Error("training ended without saying so");
  }

  async #finish(epochs: readonly Epoch[], end: EndEvent, withReport: boolean): Promise<void> {
    if (end.reason === "non-finite") {
      throw new InputError(
        `training diverged: ${end.message}; nothing was saved; try a smaller --learning-rate`,
      );
    }
    const best = epochs.find(({ epoch }) => epoch === end.bestEpoch);
    if (best === undefined) {
      this.#print("stopped before the end of the first epoch: there is no model to save");
      return;
    }
    const saved = this.#saved(best);
    const path = await saveModel(this.#options.output, saved);
    this.#print(`${whyStopped(end, this.#options)}: keeping the weights of epoch ${best.epoch}`, "");
    if (withReport) this.#report(saved, epochs);
    this.#print(`model saved in ${path}`);
    if (withReport) this.#print("", this.#paint("bold", "what next"), ...nextSteps(this.#options));
  }

  #saved({ epoch, validation }: Epoch): SavedModel {
    const { name: data } = this.#data;
    const note = {
      data,
      seed: this.#options.seed,
      epochs: epoch,
      validationAccuracy: validation.metrics.accuracy,
    };
    return { model: this.#model.eval(), task: this.#task, note };
  }

  #report(saved: SavedModel, epochs: readonly Epoch[]): void {
    const { parts, labels } = this.#data;
    const bold = (text: string) => this.#paint("bold", text);
    this.#print(...learningCurve(epochs, this.#width, this.#paint), "");
    this.#print(bold("accuracy on the test part"));
    this.#print(...scoreTable(compare(saved, parts), labels.length, this.#paint), "");
    this.#print(bold("what each word adds to the log-odds of the answer (? = a word not seen in training)"));
    const texts = showcase(this.#options.data === undefined, parts.test);
    this.#print(...exampleLines(saved, texts, this.#width, this.#paint), "");
  }

  #print(...lines: string[]): void {
    this.#streams.out.write(`${lines.join("\n")}\n`);
  }
}

function whyStopped({ reason }: EndEvent, { epochs, patience }: TrainOptions): string {
  if (reason === "aborted") return "stopped by you";
  if (reason === "early-stopping") return `no better validation loss in ${patience} epochs`;
  return `all ${epochs} epochs done`;
}
