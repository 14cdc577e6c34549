import type { StepEvent, TrainEvent } from "@rnn/train";
import type { Example } from "../../data/example.ts";
import { InputError } from "../../errors.ts";
import type { TrainingNote } from "../../saved/note.ts";
import { counted, shorten, visible } from "../../terminal/format.ts";
import type { ShownMetric, Training, Verdict } from "../task.ts";
import { type Answers, answersOf } from "./answers.ts";
import { calibrationOf } from "./calibration.ts";
import { type Competitor, judged, mostFrequent, standardCompetitors, type TrainedModel } from "./compare.ts";
import { bestThreshold, readThreshold } from "./decision-threshold.ts";
import { checkKind, optionsFor } from "./model-options.ts";
import { type ModelTraining, modelTraining } from "./model-training.ts";
import { modelName } from "./models/model-note.ts";
import { type PreparedData, showcase } from "./prepare.ts";
import { calibrationJson, calibrationLines } from "./report/calibration-lines.ts";
import { comparisonTable } from "./report/comparison.ts";
import { exampleLines } from "./report/examples.ts";
import { headerLines } from "./report/header.ts";
import { nextSteps } from "./report/next-steps.ts";
import { scoresJson, scoreTable } from "./report/scores.ts";
import { encodeModel } from "./saved/model-file.ts";
import { buildVocabulary, SPECIALS, type TextTask } from "./text-task.ts";
import { TRAIN_OPTIONS, type TrainOptions } from "./train-options.ts";

/** The training of one text classifier on prepared data, and with `--compare` of those it is compared with. */
export class ClassifierTraining implements Training {
  readonly source: string;
  readonly header: readonly string[];
  readonly unit: string;
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly seed: number;
  readonly metrics: readonly ShownMetric[] = [{ name: "accuracy" }];
  readonly #asked: TrainOptions;
  /** As the model takes them. */
  readonly #options: TrainOptions;
  readonly #given: ReadonlySet<string>;
  readonly #data: PreparedData;
  readonly #threshold: number | "f1";
  readonly #training: ModelTraining;
  readonly #others: TrainedModel[] = [];
  #task: TextTask;
  #seconds = 0;
  /** The model in training, if it is one of the others. */
  #other: string | null = null;

  constructor(asked: TrainOptions, given: ReadonlySet<string>, data: PreparedData) {
    checkKind(asked, given);
    const options = optionsFor(asked.model, asked, given);
    this.#asked = asked;
    this.#options = options;
    this.#given = given;
    this.#data = data;
    this.#threshold = readThreshold(options.threshold, data.labels);
    this.#task = taskOf(options, data, this.#threshold === "f1" ? 0 : this.#threshold);
    this.#training = modelTraining(options, this.#task, data.parts);
    this.source = data.name;
    this.header = headerLines(data, this.#training.model, this.#task, options);
    this.unit = data.unit;
    this.samplesPerEpoch = data.parts.train.length;
    this.batchesPerEpoch = this.#training.batchesPerEpoch;
    this.epochs = options.epochs;
    this.patience = options.patience;
    this.seed = options.seed;
  }

  async *events(signal: AbortSignal): AsyncGenerator<TrainEvent<string>> {
    for await (const event of this.#training.events(signal)) {
      if (event.type === "end") {
        this.#seconds = event.seconds;
        if (event.bestEpoch !== null) this.#chooseThreshold();
        if (this.#options.compare) yield* this.#trainOthers(signal);
      }
      yield event;
    }
  }

  stepNote({ loss }: StepEvent): string {
    return `${this.#other === null ? "" : `${this.#other}: `}loss ${loss.toFixed(3)}`;
  }

  async judge(): Promise<Verdict> {
    const { parts, labels } = this.#data;
    const model = this.#training.model.eval();
    const network = { model, task: this.#task };
    const answers = answersOf(model, this.#task, parts.test);
    const own = judged({ model, seconds: this.#seconds }, answers, this.#task.threshold);
    const competitors = [own, ...(await this.#competitors())];
    const calibration = calibrationOf(answers);
    const { compare, data } = this.#options;
    return {
      name: own.name,
      metrics: {
        "test accuracy": own.score.accuracy,
        "test calibration error": calibration.table.value,
        "test Brier score": calibration.brier,
      },
      json: { models: scoresJson(competitors), calibration: calibrationJson(calibration) },
      lines: ({ width, paint }) => [
        paint("bold", "accuracy on the test part"),
        ...(compare
          ? comparisonTable(competitors, { width, paint })
          : scoreTable(competitors, labels.length, { width, paint })),
        ...thresholdNote(this.#task, this.#threshold),
        "",
        ...calibrationLines(calibration, paint),
        "",
        paint("bold", "what each word adds to the log-odds of the answer (?: not seen in training)"),
        ...exampleLines(network, showcase(data === undefined, parts.test), width, paint),
      ],
    };
  }

  encode(note: TrainingNote): Uint8Array<ArrayBuffer> {
    return encodeModel({ model: this.#training.model.eval(), task: this.#task, note });
  }

  nextSteps(folder: string): readonly string[] {
    return nextSteps(folder, this.#options.model);
  }

  #chooseThreshold(): void {
    if (this.#threshold !== "f1") return;
    const { validation } = this.#data.parts;
    const threshold = this.#thresholdOf(answersOf(this.#training.model.eval(), this.#task, validation));
    this.#task = { ...this.#task, threshold };
  }

  /** The threshold that was asked for; f1 is a matter of each model's own answers on the validation part. */
  #thresholdOf(validation: Answers): number {
    return this.#threshold === "f1" ? bestThreshold(validation) : this.#threshold;
  }

  /** Trains a model of each other kind, each with the defaults of its kind; tells of each when it is ready. */
  async *#trainOthers(signal: AbortSignal): AsyncGenerator<TrainEvent<string>> {
    for (const kind of TRAIN_OPTIONS.model.choices) {
      if (kind === this.#options.model || signal.aborted) continue;
      const options = optionsFor(kind, this.#asked, this.#given);
      const { model, events } = modelTraining(options, this.#task, this.#data.parts);
      const name = modelName(model.config);
      this.#other = name;
      for await (const event of events(signal)) {
        if (event.type === "start" || event.type === "step") yield event;
        if (event.type !== "end") continue;
        if (signal.aborted) return;
        this.#others.push({ model: model.eval(), seconds: event.seconds });
        yield { type: "notice", message: `also trained: ${name}, ${counted(event.epochs, "epoch")}` };
      }
    }
  }

  /** What the model is compared with; the last one always answers the most frequent label. */
  async #competitors(): Promise<Competitor[]> {
    const { parts, labels } = this.#data;
    const thresholdOf = (validation: Answers) => this.#thresholdOf(validation);
    if (!this.#options.compare) return standardCompetitors(parts, labels, thresholdOf);
    const answers = ({ model }: TrainedModel, part: readonly Example[]) => answersOf(model, this.#task, part);
    return [
      ...this.#others.map((other) =>
        judged(other, answers(other, parts.test), thresholdOf(answers(other, parts.validation))),
      ),
      mostFrequent(parts, labels),
    ];
  }
}

function taskOf(options: TrainOptions, { parts, labels }: PreparedData, threshold: number): TextTask {
  const limits = { maxWords: options["max-words"], minCount: options["min-count"] };
  const texts = parts.train.map(({ text }) => text);
  const vocabulary = buildVocabulary(texts, limits);
  if (vocabulary.length === SPECIALS.length) {
    throw new InputError(
      `--min-count ${limits.minCount}: no word occurs that often in the ${counted(texts.length, "text")} to learn from`,
    );
  }
  return {
    vocabulary,
    labels,
    maxLength: options["max-length"],
    threshold,
  };
}

/** What was decided by, where it is not the usual probability of one half. */
function thresholdNote({ labels, threshold }: TextTask, asked: number | "f1"): string[] {
  if (threshold === 0 && asked !== "f1") return [];
  const p = 1 / (1 + Math.exp(-threshold));
  const rule = `  "${visible(shorten(labels[1]!, 20))}" above a probability of ${p.toFixed(3)}`;
  if (asked !== "f1") return [`${rule}, for every model`];
  return [
    `${rule}, which has the best F1 on the`,
    "    validation part; each other model has its own such threshold",
  ];
}
