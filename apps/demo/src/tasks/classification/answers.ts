import { Tensor } from "@rnn/tensor";
import type { Example } from "../../data/example.ts";
import type { TextModel } from "./models/text-model.ts";
import { logitsOf } from "./predict.ts";
import { encodeText, type TextTask } from "./text-task.ts";

/** The logits of each of some examples, and the position of its label. */
export interface Answers {
  readonly logits: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

/** What a model answers. */
export function answersOf(model: TextModel, task: TextTask, examples: readonly Example[]): Answers {
  return {
    logits: logitsOf(
      model,
      examples.map(({ text }) => encodeText(text, task).ids),
    ),
    targets: examples.map(({ label }) => task.labels.indexOf(label)),
  };
}

/** Answers as metrics take them: logits and classes, both `[N, 1]` for two classes, otherwise `[N, C]` and `[N]`. */
export function tensorsOf({ logits, targets }: Answers): [output: Tensor, targets: Tensor] {
  const width = logits[0]?.length ?? 1;
  return [
    new Tensor(Float32Array.from(logits.flat()), [logits.length, width]),
    new Tensor(Int32Array.from(targets), width === 1 ? [targets.length, 1] : [targets.length]),
  ];
}
