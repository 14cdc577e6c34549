import type { Command } from "./command.ts";
import { inspectCommand } from "./inspect.ts";
import { modelCommand } from "./model-command.ts";
import { trainCommand } from "./train.ts";

/** The words of the command line. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  train: trainCommand,
  predict: modelCommand("predict", {
    summary: "classify texts with a saved model",
    title: "Classifies texts with a saved model: each argument, or each line of standard input.",
  }),
  generate: modelCommand("generate", {
    summary: "continue a text with a saved language model",
    title: "Writes text with a saved language model, as a continuation of the prompt.",
  }),
  forecast: modelCommand("forecast", {
    summary: "continue a time series with a saved forecaster",
    title: "Continues a time series with a saved model, and prints the next steps as CSV.",
  }),
  evaluate: modelCommand("evaluate", {
    summary: "measure a saved model on other data",
    title: "Measures a saved model on data that it was not trained on.",
  }),
  inspect: inspectCommand,
};
