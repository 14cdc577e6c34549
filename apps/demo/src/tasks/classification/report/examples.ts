import type { Paint } from "../../../terminal/colour.ts";
import { shorten, visible } from "../../../terminal/format.ts";
import { explain } from "../contributions.ts";
import type { SavedModel } from "../saved/model-file.ts";
import { contributionLines } from "./contribution-lines.ts";

/** Texts with their predictions and what each word does to them. */
export function exampleLines(
  { model, task }: Pick<SavedModel, "model" | "task">,
  texts: readonly string[],
  width: number,
  paint: Paint,
): string[] {
  return texts.flatMap((text) => {
    const { prediction, contributions } = explain(model, task, text);
    const verdict = `${visible(prediction.label)} ${prediction.probability.toFixed(3)}`;
    return [
      `  ${paint("bold", verdict)}  ${shorten(visible(text), width - verdict.length - 4)}`,
      ...contributionLines(contributions, width - 4, paint).map((line) => `    ${line}`),
    ];
  });
}
