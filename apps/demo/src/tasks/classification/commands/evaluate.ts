import { Tensor } from "@rnn/tensor";
import { ConfusionMatrix } from "@rnn/train/metrics";
import type { Example } from "../../../data/example.ts";
import { loadExamples, parseExamples } from "../../../data/load.ts";
import { InputError } from "../../../errors.ts";
import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { painter } from "../../../terminal/colour.ts";
import { inputText } from "../../../terminal/input.ts";
import { jsonDocument } from "../../../terminal/json.ts";
import { namesOf } from "../../../terminal/lists.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import type { TaskCommand } from "../../task.ts";
import { calibrationOf } from "../calibration.ts";
import { modelName } from "../models/model-note.ts";
import { classOf } from "../objective.ts";
import { logitsOf } from "../predict.ts";
import { evaluationJson, evaluationLines } from "../report/evaluation.ts";
import type { SavedModel } from "../saved/model-file.ts";
import { encodeText } from "../text-task.ts";

const OPTIONS = {
  data: {
    kind: "text",
    shown: "FILE",
    help: "labelled texts, as for train; without it, CSV or JSON lines on standard input",
  },
  text: { kind: "text", shown: "COLUMN", default: "text", help: "column (or JSON field) with the text" },
  label: { kind: "text", shown: "COLUMN", default: "label", help: "column (or JSON field) with the class" },
} as const;

/** `evaluate` of a text classifier: accuracy, precision, recall, F1, the confusion matrix and the calibration. */
export const evaluateCommand: TaskCommand<SavedModel> = {
  options: OPTIONS,
  examples: [
    "npm start -- evaluate --data reviews.csv --text review --label mood",
    "npm run --silent start -- evaluate --model models/mine --json < test.jsonl",
  ],
  async run(saved: SavedModel, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
    const { model, task, note } = saved;
    const { labels } = task;
    const columns = { text: values.text, label: values.label };
    const source = values.data ?? "standard input";
    const { examples, skipped } =
      values.data === undefined
        ? await parseExamples(await inputText(streams, "name a file with --data FILE"), columns, source)
        : await loadExamples(values.data, columns);
    const targets = targetsOf(examples, labels, source);
    const rows = examples.map(({ text }) => encodeText(text, task).ids);
    const logits = logitsOf(model, rows);
    const predicted = logits.map((row) => classOf(row, task.threshold));
    const matrix = new ConfusionMatrix({ labels });
    matrix.update(oneHot(predicted, labels.length), new Tensor(Int32Array.from(targets), [targets.length]));
    const calibration = calibrationOf(logits, targets);
    const name = modelName(model.config);
    const evaluation = { source, name, skipped, labels, matrix, calibration, note };
    if (values.json) {
      streams.out.write(jsonDocument(evaluationJson(evaluation)));
      return;
    }
    const layout = { width: widthOf(streams.out), paint: painter(streams.out, streams.env) };
    streams.out.write(`${evaluationLines(evaluation, layout).join("\n")}\n`);
  },
};

/**
 * The classes of examples as positions in the model's list.
 *
 * @throws {@link InputError} naming a label that is not in it.
 */
function targetsOf(examples: readonly Example[], labels: readonly string[], source: string): number[] {
  const positions = new Map(labels.map((label, k) => [label, k]));
  return examples.map(({ label }) => {
    const target = positions.get(label);
    if (target !== undefined) return target;
    throw new InputError(
      `${source}: the label "${label}" is none of the model's: ${namesOf(labels, 6)}; choose the column with --label COLUMN`,
    );
  });
}

/** Classes `[N]` as scores `[N, classes]`: 1 where the class is, 0 elsewhere. */
function oneHot(classes: readonly number[], count: number): Tensor {
  const scores = new Float32Array(classes.length * count);
  classes.forEach((c, n) => {
    scores[n * count + c] = 1;
  });
  return new Tensor(scores, [classes.length, count]);
}
