import { evaluate } from "@rnn/train";
import { InputError } from "../../../errors.ts";
import type { CommonOptions } from "../../../options/common-options.ts";
import type { Parsed } from "../../../options/parse.ts";
import { jsonName } from "../../../report/json-names.ts";
import { count, visible } from "../../../terminal/format.ts";
import { dataText } from "../../../terminal/input.ts";
import { jsonDocument } from "../../../terminal/json.ts";
import { widthOf } from "../../../terminal/output.ts";
import type { Streams } from "../../../terminal/streams.ts";
import { fold } from "../../../terminal/wrap.ts";
import type { TaskCommand } from "../../task.ts";
import type { SavedModel } from "../saved/model-file.ts";
import { SCALES } from "../scale.ts";
import { countedUnits, TEXT_UNITS } from "../text-units.ts";
import { judgedBatches, WindowLoss } from "../train-language-model.ts";

/** Steps that are read at once; the state is carried on, so the result does not depend on it. */
const WINDOW = 64;

const OPTIONS = {
  data: { kind: "text", shown: "FILE", help: "a text; without it, standard input" },
} as const;

/** `evaluate` of a language model: how well it predicts a text. */
export const evaluateCommand: TaskCommand<SavedModel> = {
  options: OPTIONS,
  examples: [
    "npm start -- evaluate --model models/language-model --data play.txt",
    "npm run --silent start -- evaluate --model models/language-model --json < play.txt",
  ],
  async run(saved: SavedModel, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
    const { content, source } = await dataText(values.data, streams);
    const { model, units, vocabulary } = saved;
    const tokens = TEXT_UNITS[units].split(content);
    const known = tokens.filter((token) => vocabulary.contains(token));
    const unknown = tokens.length - known.length;
    const ids = Int32Array.from(vocabulary.lookupIndices(units === "words" ? tokens : known));
    if (ids.length < 2) {
      throw new InputError(
        `${source}: has ${countedUnits(ids.length, units)} that the model knows, expected at least 2`,
      );
    }
    const loss = new WindowLoss(model);
    const result = await evaluate(model, judgedBatches(ids, WINDOW), { loss: (batch) => loss.of(batch) });
    const { title, of, digits } = SCALES[units];
    const measured = of(result.loss);
    if (values.json) {
      streams.out.write(
        jsonDocument({
          task: "language-model",
          data: source,
          name: model.config.cell,
          [units]: ids.length,
          unknown,
          crossEntropy: result.loss,
          [jsonName(title)]: measured,
        }),
      );
      return;
    }
    // unknown words are read as such, unknown characters are not among those that are read
    const fate = units === "words" ? "of them unknown" : "unknown left out";
    const note = unknown === 0 ? "" : `, ${count(unknown)} ${fate}`;
    const line = `${visible(source)}: ${title} ${measured.toFixed(digits)} on ${countedUnits(ids.length, units)}${note}`;
    streams.out.write(`${fold(line, widthOf(streams.out)).join("\n")}\n`);
  },
};
