import { InputError } from "../../../errors.ts";
import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { jsonName } from "../../../report/json-names.ts";
import { type Paint, painter } from "../../../terminal/colour.ts";
import { visible } from "../../../terminal/format.ts";
import { inputLines } from "../../../terminal/input.ts";
import { jsonDocument } from "../../../terminal/json.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import type { TaskCommand } from "../../task.ts";
import { type Contribution, explain } from "../contributions.ts";
import { modelName } from "../models/model-note.ts";
import { type Prediction, predict } from "../predict.ts";
import { contributionLines } from "../report/contribution-lines.ts";
import type { SavedModel } from "../saved/model-file.ts";

const OPTIONS = {
  explain: { kind: "flag", help: "also what each word contributes" },
  jsonl: { kind: "flag", help: "print one line of JSON for each text, as they come" },
} as const;

/** A text with what was found; a blank line of input has no prediction, but keeps its place in the output. */
interface Result {
  readonly text: string;
  readonly prediction?: Prediction | undefined;
  readonly contributions?: readonly Contribution[] | undefined;
}

/** `predict`: classifies its arguments, or the lines of standard input. */
export const predictCommand: TaskCommand<SavedModel> = {
  options: OPTIONS,
  operands: "[TEXT ...]",
  examples: [
    'npm start -- predict "Good value, but the battery died."',
    'npm start -- predict --explain "Not bad at all."',
    "npm run --silent start -- predict --json < sentences.txt > answers.json",
    "npm run --silent start -- predict --jsonl < sentences.txt > answers.jsonl",
  ],
  async run(saved: SavedModel, options: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
    const { values, positionals } = options;
    const { json, jsonl, explain: explained } = values;
    if (json && jsonl) throw new InputError("--jsonl: cannot be together with --json; give one of them");
    const paint = painter(streams.out, streams.env);
    const asJson = (result: Result) => predictionJson(result, saved.task.labels, explained);
    const print = (result: Result) =>
      jsonl ? `${JSON.stringify(asJson(result))}\n` : plainLines(result, widthOf(streams.out), paint);
    const predictions: object[] = [];
    for await (const texts of blocksOf(positionals, streams)) {
      for (const result of classify(saved, texts, explained)) {
        if (json) predictions.push(asJson(result));
        else streams.out.write(print(result));
      }
      await streams.out.flush?.();
      if (streams.out.closed) break;
    }
    if (!json) return;
    const name = jsonName(modelName(saved.model.config));
    streams.out.write(jsonDocument({ task: "classification", name, predictions }));
  },
};

/** The texts to classify: the arguments if there are some, otherwise the lines of standard input as they arrive. */
async function* blocksOf(
  operands: readonly string[],
  streams: Streams,
): AsyncGenerator<readonly string[], void, undefined> {
  if (operands.length > 0) yield operands;
  else yield* inputLines(streams, "Type a text and press Enter; Ctrl-D ends.");
}

function classify({ model, task }: SavedModel, texts: readonly string[], explained: boolean): Result[] {
  const full = texts.filter((text) => text.trim() !== "");
  const found = explained
    ? full.map((text) => explain(model, task, text))
    : predict(model, task, full).map((prediction) => ({ prediction, contributions: undefined }));
  let next = 0;
  return texts.map((text) => ({ text, ...(text.trim() === "" ? {} : found[next++]) }));
}

/** Every prediction has the same members: null where a blank text has no value. */
function predictionJson(
  { text, prediction, contributions }: Result,
  labels: readonly string[],
  explained: boolean,
): object {
  const probabilities = prediction?.probabilities;
  return {
    text,
    label: prediction?.label ?? null,
    probability: prediction?.probability ?? null,
    probabilities: probabilities
      ? Object.fromEntries(labels.map((label, k) => [label, probabilities[k]]))
      : null,
    ...(explained ? { tokens: contributions ?? null } : {}),
  };
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
