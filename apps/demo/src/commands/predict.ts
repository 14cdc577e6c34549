import { fstatSync } from "node:fs";
import { InputError } from "../errors.ts";
import { predictHelp } from "../options/help.ts";
import { parseOptions } from "../options/parse.ts";
import { loadModel } from "../saved/model-folder.ts";
import { type Contribution, explain } from "../tasks/classification/contributions.ts";
import { type Prediction, predict } from "../tasks/classification/predict.ts";
import { PREDICT_OPTIONS, type PredictOptions } from "../tasks/classification/predict-options.ts";
import { contributionLines } from "../tasks/classification/report/contribution-lines.ts";
import type { SavedModel } from "../tasks/classification/saved/model-file.ts";
import { type Paint, painter } from "../terminal/colour.ts";
import { visible } from "../terminal/format.ts";
import { widthOf } from "../terminal/output.ts";
import { lineBlocks } from "./lines.ts";
import type { Streams } from "./streams.ts";

/** A text with what was found; a blank line of input has no prediction, but keeps its place in the output. */
interface Result {
  readonly text: string;
  readonly prediction?: Prediction | undefined;
  readonly contributions?: readonly Contribution[] | undefined;
}

/** `predict`: classifies its arguments, or the lines of standard input, with a saved model. Returns the exit code. */
export async function predictCommand(args: readonly string[], streams: Streams): Promise<number> {
  const { values, positionals } = parseOptions(args, PREDICT_OPTIONS);
  if (values.help) {
    streams.out.write(predictHelp());
    return 0;
  }
  const saved = await loadModel(values.model);
  const paint = painter(streams.out, streams.env);
  const toJson = (result: Result) => jsonLine(result, saved.task.labels, values.explain);
  const answer = (texts: readonly string[]) => {
    for (const result of classify(saved, texts, values.explain)) {
      streams.out.write(values.json ? toJson(result) : plainLines(result, widthOf(streams.out), paint));
    }
  };
  if (positionals.length > 0) {
    answer(positionals);
    return 0;
  }
  checkInput(streams.input);
  if (streams.input.isTTY) streams.err.write("Type a text and press Enter; Ctrl-D ends.\n");
  for await (const lines of lineBlocks(streams.input)) {
    answer(lines);
    await streams.out.flush?.();
    if (streams.out.closed) break;
  }
  return 0;
}

/** Node reads a folder (`predict < /`) as if it were empty. */
function checkInput({ fd }: Streams["input"]): void {
  if (fd !== undefined && fstatSync(fd).isDirectory()) {
    throw new InputError("standard input: is a folder, expected a file");
  }
}

function classify(
  { model, task }: SavedModel,
  texts: readonly string[],
  explained: PredictOptions["explain"],
): Result[] {
  const full = texts.filter((text) => text.trim() !== "");
  const found = explained
    ? full.map((text) => explain(model, task, text))
    : predict(model, task, full).map((prediction) => ({ prediction, contributions: undefined }));
  let next = 0;
  return texts.map((text) => ({ text, ...(text.trim() === "" ? {} : found[next++]) }));
}

/** Every line has the same members: null where a blank line has no value. */
function jsonLine(
  { text, prediction, contributions }: Result,
  labels: readonly string[],
  explained: boolean,
): string {
  const probabilities = prediction?.probabilities;
  return `${JSON.stringify({
    text,
    label: prediction?.label ?? null,
    probability: prediction?.probability ?? null,
    probabilities: probabilities
      ? Object.fromEntries(labels.map((label, k) => [label, probabilities[k]]))
      : null,
    ...(explained ? { tokens: contributions ?? null } : {}),
  })}\n`;
}

/** Label, probability and text between tabs, then the words if they are wanted. */
function plainLines({ text, prediction, contributions }: Result, width: number, paint: Paint): string {
  if (prediction === undefined) return "\n";
  const lines = [
    `${paint("bold", visible(prediction.label))}\t${prediction.probability.toFixed(3)}\t${visible(text)}`,
  ];
  if (contributions !== undefined) {
    lines.push(...contributionLines(contributions, width - 2, paint).map((line) => `  ${line}`), "");
  }
  return `${lines.join("\n")}\n`;
}
