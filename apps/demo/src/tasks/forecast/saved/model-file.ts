import { Generator, type Tensor } from "@rnn/tensor";
import { checkWeights, encodeModelFile } from "../../../saved/model-file.ts";
import type { TrainingNote } from "../../../saved/note.ts";
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

/** Rows of a recurrent weight per hidden unit. */
const GATES: Readonly<Record<ForecasterConfig["cell"], number>> = { rnn: 1, lstm: 4, gru: 3 };

/** Names and shapes of the parameters, known without building the network. */
function parameterShapes(config: ForecasterConfig): Map<string, readonly number[]> {
  const { cell, variables, calendar, hidden, layers, history, linear, fromLast } = config;
  const rows = GATES[cell] * hidden;
  const shapes = new Map<string, readonly number[]>();
  for (let layer = 0; layer < layers; layer++) {
    shapes.set(`${cell}.weight_ih_l${layer}`, [rows, layer === 0 ? variables + calendar : hidden]);
    shapes.set(`${cell}.weight_hh_l${layer}`, [rows, hidden]);
    shapes.set(`${cell}.bias_ih_l${layer}`, [rows]);
    shapes.set(`${cell}.bias_hh_l${layer}`, [rows]);
  }
  const levels = fromLast ? variables : 0;
  const outputs = config.steps * config.quantiles;
  shapes.set("head.weight", [outputs, hidden + levels]);
  shapes.set("head.bias", [outputs]);
  if (linear) {
    shapes.set("linear.weight", [outputs, history + levels]);
    shapes.set("linear.bias", [outputs]);
  }
  return shapes;
}
