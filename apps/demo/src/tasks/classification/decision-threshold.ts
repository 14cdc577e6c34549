import { f1Threshold } from "@rnn/train/metrics";
import { InputError } from "../../errors.ts";
import { type Answers, tensorsOf } from "./answers.ts";

/**
 * What `--threshold` says: the logit of a probability, or "f1" for the one that does best on the validation part.
 *
 * @throws {@link InputError} if it says neither, or there are not two classes.
 */
export function readThreshold(text: string, labels: readonly string[]): number | "f1" {
  const value = text === "f1" ? text : Number(text);
  if (text.trim() === "" || (value !== "f1" && !(value > 0 && value < 1))) {
    throw new InputError(`--threshold: expected f1 or a number between 0 and 1, got "${text}"`);
  }
  if (labels.length > 2 && value !== 0.5) {
    throw new InputError(`--threshold: needs two classes, but the data has ${labels.length}`);
  }
  return value === "f1" ? value : Math.log(value / (1 - value));
}

/** The logit above which to choose the second of two classes, for the best F1 of it in the given answers. */
export function bestThreshold(answers: Answers): number {
  if (!answers.targets.includes(1)) return 0;
  const [output, targets] = tensorsOf(answers);
  return f1Threshold(output, targets).threshold;
}
