import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { type Paint, painter } from "../../../terminal/colour.ts";
import { visible } from "../../../terminal/format.ts";
import { inputLines } from "../../../terminal/input.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import type { TaskCommand } from "../../task.ts";
import { type Contribution, explain } from "../contributions.ts";
import { type Prediction, predict } from "../predict.ts";
import { contributionLines } from "../report/contribution-lines.ts";
import type { SavedModel } from "../saved/model-file.ts";

const OPTIONS = { explain: { kind: "flag", help: "also what each word contributes" } } as const;

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
    "npm run --silent start -- predict --json < sentences.txt",
  ],
  async run(saved: SavedModel, options: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
    const { values, positionals } = options;
    const paint = painter(streams.out, streams.env);
    const print = (result: Result) =>
      values.json
        ? jsonLine(result, saved.task.labels, values.explain)
        : plainLines(result, widthOf(streams.out), paint);
    const answer = (texts: readonly string[]) => {
      for (const result of classify(saved, texts, values.explain)) streams.out.write(print(result));
    };
    if (positionals.length > 0) {
      answer(positionals);
      return;
    }
    for await (const lines of inputLines(streams, "Type a text and press Enter; Ctrl-D ends.")) {
      answer(lines);
      await streams.out.flush?.();
      if (streams.out.closed) break;
    }
  },
};

function classify({ model, task }: SavedModel, texts: readonly string[], explained: boolean): Result[] {
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
