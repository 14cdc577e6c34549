import type { TrainEvent } from "@rnn/train";
import type { WalkForwardResult } from "@rnn/train/forecasting";
import { InputError } from "../../errors.ts";
import { withJsonNames } from "../../report/json-names.ts";
import type { TrainingNote } from "../../saved/note.ts";
import { counted } from "../../terminal/format.ts";
import type { ShownMetric, Training, Verdict } from "../task.ts";
import { timeText } from "./data/series.ts";
import type { PreparedSeries } from "./prepare.ts";
import { forecastChart } from "./report/chart.ts";
import { headerLines } from "./report/header.ts";
import { nextSteps } from "./report/next-steps.ts";
import { scoreLines, scoresJson } from "./report/scores.ts";
import { encodeModel } from "./saved/model-file.ts";
import { emptyPart, type Stage, stageOf, windowShape } from "./stage.ts";
import { type TrainingSettings, trainForecaster } from "./train-forecaster.ts";
import type { TrainOptions } from "./train-options.ts";
import { networkName, walk } from "./walk.ts";
import { type TrainingWindows, windowsOf } from "./windows.ts";

/** How long training takes unless it is told: so many updates of the weights, in at most so many epochs. */
const USUAL_UPDATES = 5000;
const MOST_EPOCHS = 300;

/** Epochs of a second training after which it says how far it is. */
const NOTICE_EVERY = 50;

/** The training of one forecaster on a prepared series. */
export class ForecastTraining implements Training {
  readonly source: string;
  readonly header: readonly string[];
  readonly unit = "windows";
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly seed: number;
  readonly metrics: readonly ShownMetric[] = [{ name: "MAE" }];
  readonly #options: TrainOptions;
  readonly #data: PreparedSeries;
  readonly #validation: TrainingWindows;
  #stage: Stage;

  constructor(options: TrainOptions, data: PreparedSeries) {
    const { series, validationStart, testStart, name } = data;
    this.#options = options;
    this.#data = data;
    this.#stage = stageOf(options, data, validationStart);
    const shape = { ...windowShape(options), stride: 1 };
    this.#validation = windowsOf(series, this.#stage.task, shape, [validationStart, testStart]);
    if (this.#validation.origins.length === 0) {
      throw new InputError(emptyPart("validation", series, shape.steps));
    }
    this.source = name;
    this.header = headerLines(data, this.#stage);
    this.samplesPerEpoch = this.#stage.windows.origins.length;
    this.batchesPerEpoch = Math.ceil(this.samplesPerEpoch / options["batch-size"]);
    this.epochs = options.epochs || Math.min(MOST_EPOCHS, Math.ceil(USUAL_UPDATES / this.batchesPerEpoch));
    this.patience = options.patience || Math.ceil(this.epochs / 5);
    this.seed = options.seed;
  }

  async *events(signal: AbortSignal): AsyncGenerator<TrainEvent<string>> {
    const { model, windows, generator } = this.#stage;
    const events = trainForecaster(model, windows, this.#validation, this.#settings(), generator, signal);
    for await (const event of events) {
      if (event.type === "end" && !this.#options["no-refit"] && event.reason !== "non-finite") {
        if (event.bestEpoch !== null && !signal.aborted) yield* this.#trainAgain(event.bestEpoch, signal);
      }
      yield event;
    }
  }

  async judge(): Promise<Verdict> {
    const { series, testStart } = this.#data;
    const { model, task } = this.#stage;
    const result = await walk(series, model.eval(), task, testStart);
    const name = networkName(model.config);
    const { scores } = result.models[name]!;
    return {
      name,
      metrics: { "test MAE": scores.mae, "test RMSE": scores.rmse, "test MASE": scores.mase ?? Number.NaN },
      json: {
        origins: result.origins.length,
        horizon: task.horizon,
        models: scoresJson(result),
        skipped: withJsonNames(result.skipped),
      },
      lines: (layout) => [
        layout.paint("bold", `test: ${this.#testNote(result)}`),
        ...scoreLines(result, layout),
        "",
        ...forecastChart(result, series, task.columns.target, layout),
      ],
    };
  }

  encode(note: TrainingNote): Uint8Array<ArrayBuffer> {
    const { model, task } = this.#stage;
    return encodeModel({ model: model.eval(), task, note });
  }

  nextSteps(folder: string): readonly string[] {
    return nextSteps(folder, this.#options.data, this.#stage.task);
  }

  /** Trains a new network for as many epochs on all steps before the test; the first stays if that is interrupted. */
  async *#trainAgain(epochs: number, signal: AbortSignal): AsyncGenerator<TrainEvent<string>> {
    const { series, testStart } = this.#data;
    const stage = stageOf(this.#options, this.#data, testStart);
    const { model, windows, generator } = stage;
    const last = timeText(series, series.times[testStart - 1]!);
    const message = `training again for ${counted(epochs, "epoch")}, on all ${counted(windows.origins.length, "window")} up to ${last}`;
    yield { type: "notice", message };
    const settings = { ...this.#settings(), stopAfter: epochs };
    for await (const event of trainForecaster(model, windows, undefined, settings, generator, signal)) {
      if (event.type === "start" || event.type === "step") yield event;
      if (event.type === "end" && event.reason === "completed") this.#stage = stage;
      if (event.type !== "epoch" || event.epoch === epochs || event.epoch % NOTICE_EVERY !== 0) continue;
      yield { type: "notice", message: `trained again for ${event.epoch} of ${counted(epochs, "epoch")}` };
    }
  }

  #settings(): TrainingSettings {
    const { task } = this.#stage;
    const [zero, one] = task.scaler.select([0]).inverseTransform([0, 1]) as [number, number];
    const options = this.#options;
    return {
      epochs: this.epochs,
      patience: this.patience,
      learningRate: options["learning-rate"],
      batchSize: options["batch-size"],
      clip: options.clip,
      average: options.average,
      loss: options.loss as TrainingSettings["loss"],
      quantiles: task.quantiles,
      unit: one - zero,
    };
  }

  #testNote({ origins }: WalkForwardResult<string>): string {
    const { series, task } = this.#data;
    const { horizon } = task;
    const [first, last] = [origins[0]!, origins.at(-1)! + horizon - 1].map((t) =>
      timeText(series, series.times[t]!),
    );
    return `${counted(origins.length, "forecast")} of ${counted(horizon, "step")}, ${first} to ${last}`;
  }
}
