import { Generator, type Tensor } from "@rnn/tensor";
import { checkWeights, encodeModelFile } from "../../../saved/model-file.ts";
import type { TrainingNote } from "../../../saved/note.ts";
import { linearShapes, recurrentShapes } from "../../../saved/weight-shapes.ts";
import type { ForecastTask } from "../forecast-task.ts";
import { Forecaster, type ForecasterConfig } from "../model.ts";
import { KEY, readDescription, writeDescription } from "./description.ts";

/** A trained forecaster with all that is needed to use it. */
export interface SavedForecaster {
  readonly model: Forecaster;
  readonly task: ForecastTask;
  readonly note: TrainingNote;
}

/** A forecaster as the bytes of one file. */
export function encodeModel({ model, task, note }: SavedForecaster): Uint8Array<ArrayBuffer> {
  return encodeModelFile(KEY, writeDescription({ config: model.config, task, note }), model.stateDict());
}

/**
 * The forecaster that a description and weights make, in evaluation mode. Everything is checked first.
 *
 * @throws {@link SavedModelError} saying what is wrong.
 */
export function buildModel(description: string, tensors: ReadonlyMap<string, Tensor>): SavedForecaster {
  const { config, task, note } = readDescription(description);
  checkWeights(parameterShapes(config), tensors);
  const model = new Forecaster(config, new Generator(0));
  model.loadStateDict(tensors);
  return { model: model.eval(), task, note };
}

/** Names and shapes of the parameters, known without building the network. */
function parameterShapes(config: ForecasterConfig): Map<string, readonly number[]> {
  const { variables, calendar, hidden, history, linear, fromLast, steps, quantiles } = config;
  const levels = fromLast ? variables : 0;
  const outputs = steps * quantiles;
  return new Map([
    ...recurrentShapes({ ...config, inputSize: variables + calendar, hiddenSize: hidden }),
    ...linearShapes("head", hidden + levels, outputs),
    ...(linear ? linearShapes("linear", history + levels, outputs) : []),
  ]);
}
