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
import { answersOf, tensorsOf } from "../answers.ts";
import { calibrationOf } from "../calibration.ts";
import { modelName } from "../models/model-note.ts";
import { evaluationJson, evaluationLines } from "../report/evaluation.ts";
import type { SavedModel } from "../saved/model-file.ts";

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
    checkLabels(examples, labels, source);
    const answers = answersOf(model, task, examples);
    const matrix = new ConfusionMatrix({ labels, threshold: task.threshold });
    matrix.update(...tensorsOf(answers));
    const calibration = calibrationOf(answers);
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

/** @throws {@link InputError} naming a label that the model does not know. */
function checkLabels(examples: readonly Example[], labels: readonly string[], source: string): void {
  const known = new Set(labels);
  const unknown = examples.find(({ label }) => !known.has(label));
  if (unknown === undefined) return;
  throw new InputError(
    `${source}: the label "${unknown.label}" is none of the model's: ${namesOf(labels, 6)}; choose the column with --label COLUMN`,
  );
}
