import { Generator } from "@rnn/tensor";
import type { TrainEvent } from "@rnn/train";
import type { TrainingNote } from "../../saved/note.ts";
import type { ShownMetric, Training, Verdict } from "../task.ts";
import { compare } from "./compare.ts";
import { TextClassifier } from "./model.ts";
import { type PreparedData, showcase } from "./prepare.ts";
import { exampleLines } from "./report/examples.ts";
import { headerLines } from "./report/header.ts";
import { nextSteps } from "./report/next-steps.ts";
import { scoresJson, scoreTable } from "./report/scores.ts";
import { encodeModel } from "./saved/model-file.ts";
import { buildVocabulary, type TextTask } from "./text-task.ts";
import type { TrainOptions } from "./train-options.ts";
import { encodeExamples, trainClassifier } from "./training.ts";

/** The training of one text classifier on prepared data. */
export class ClassifierTraining implements Training {
  readonly source: string;
  readonly header: readonly string[];
  readonly unit: string;
  readonly perEpoch: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly seed: number;
  readonly metrics: readonly ShownMetric[] = [{ name: "accuracy" }];
  readonly #options: TrainOptions;
  readonly #data: PreparedData;
  readonly #generator: Generator;
  readonly #task: TextTask;
  readonly #model: TextClassifier;

  constructor(options: TrainOptions, data: PreparedData) {
    this.#options = options;
    this.#data = data;
    this.#generator = new Generator(options.seed);
    this.#task = taskOf(options, data);
    this.#model = modelOf(options, this.#task, this.#generator);
    this.source = data.name;
    this.header = headerLines(data, this.#model, this.#task, options);
    this.unit = data.unit;
    this.perEpoch = data.parts.train.length;
    this.stepsPerEpoch = Math.ceil(this.perEpoch / options["batch-size"]);
    this.epochs = options.epochs;
    this.patience = options.patience;
    this.seed = options.seed;
  }

  events(signal: AbortSignal): AsyncIterable<TrainEvent<string>> {
    const { "learning-rate": learningRate, "batch-size": batchSize, ...others } = this.#options;
    const { epochs, patience, clip, average } = others;
    const { train, validation } = this.#data.parts;
    return trainClassifier(
      this.#model,
      encodeExamples(train, this.#task),
      encodeExamples(validation, this.#task),
      { epochs, patience, learningRate, batchSize, clip, average },
      this.#generator,
      signal,
    );
  }

  judge(): Verdict {
    const { parts, labels } = this.#data;
    const network = { model: this.#model.eval(), task: this.#task };
    const competitors = compare(network, parts);
    const [{ score }] = competitors;
    return {
      metrics: { "test accuracy": score.accuracy },
      json: scoresJson(competitors),
      lines: ({ width, paint }) => [
        paint("bold", "accuracy on the test part"),
        ...scoreTable(competitors, labels.length, paint),
        "",
        paint("bold", "what each word adds to the log-odds of the answer (? = a word not seen in training)"),
        ...exampleLines(network, showcase(this.#options.data === undefined, parts.test), width, paint),
      ],
    };
  }

  encode(note: TrainingNote): Uint8Array<ArrayBuffer> {
    return encodeModel({ model: this.#model.eval(), task: this.#task, note });
  }

  nextSteps(folder: string): readonly string[] {
    return nextSteps(folder);
  }
}

function taskOf(options: TrainOptions, { parts, labels }: PreparedData): TextTask {
  const limits = { maxWords: options["max-words"], minCount: options["min-count"] };
  return {
    vocabulary: buildVocabulary(
      parts.train.map(({ text }) => text),
      limits,
    ),
    labels,
    maxLength: options["max-length"],
  };
}

function modelOf(options: TrainOptions, task: TextTask, generator: Generator): TextClassifier {
  const { cell, embedding, hidden, layers, pooling, dropout } = options;
  const directions = options.directions === 1 ? 1 : 2;
  const sizes = { words: task.vocabulary.length, classes: task.labels.length };
  return new TextClassifier(
    { cell, embedding, hidden, layers, directions, pooling, dropout, ...sizes },
    generator,
  );
}
