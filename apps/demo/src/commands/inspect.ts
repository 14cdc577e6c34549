import { InputError } from "../errors.ts";
import { commonOptions } from "../options/common-options.ts";
import { helpText } from "../options/help.ts";
import { parseOptions } from "../options/parse.ts";
import { jsonName, withJsonNames } from "../report/json-names.ts";
import { TASKS } from "../tasks/index.ts";
import { painter } from "../terminal/colour.ts";
import { jsonDocument } from "../terminal/json.ts";
import { widthOf } from "../terminal/output.ts";
import type { Streams } from "../terminal/streams.ts";
import type { Command } from "./command.ts";
import { type InspectedModel, inspectModel, inspectTensors } from "./inspection.ts";
import { modelLines, tensorLines } from "./inspection-lines.ts";
import { openFile } from "./open-model.ts";

const OPTIONS = {
  ...commonOptions(TASKS[0].folder),
  words: { kind: "whole", min: 0, max: 1_000_000, default: 40, help: "most frequent tokens listed" },
} as const;

/** `inspect`: what a saved model is made of. */
export const inspectCommand: Command = {
  summary: "look into a saved model: task, layers, vocabulary, metrics",
  run: inspect,
};

async function inspect(args: readonly string[], { out, env }: Streams): Promise<number> {
  const { values, positionals, given } = parseOptions(args, OPTIONS);
  if (values.help) {
    out.write(inspectHelp(widthOf(out)));
    return 0;
  }
  const [operand, extra] = positionals;
  if (extra !== undefined || (operand !== undefined && given.has("model"))) {
    throw new InputError(`${extra ?? operand}: inspect looks into one model at a time; see inspect --help`);
  }
  const file = await openFile(operand ?? values.model);
  const layout = { width: widthOf(out), paint: painter(out, env) };
  if (file.opened === undefined) {
    const found = inspectTensors(file);
    out.write(values.json ? jsonDocument(found) : `${tensorLines(found, layout).join("\n")}\n`);
    return 0;
  }
  const found = inspectModel(file, file.opened, values.words);
  out.write(values.json ? jsonDocument(inspectionJson(found)) : `${modelLines(found, layout).join("\n")}\n`);
  return 0;
}

function inspectionJson({ noun: _, name, facts, training, ...others }: InspectedModel): object {
  return {
    ...others,
    name: jsonName(name),
    training: { ...training, metrics: withJsonNames(training.metrics) },
    facts: withJsonNames(Object.fromEntries(facts)),
  };
}

function inspectHelp(width: number): string {
  return helpText(
    {
      title: "Shows what is in a saved model, or in any safetensors file: task, layers, vocabulary, metrics.",
      usage: ["npm start -- inspect [OPTIONS] [PATH]"],
      groups: [["options", OPTIONS]],
      examples: [
        "npm start -- inspect",
        "npm start -- inspect models/mine --words 100",
        "npm run --silent start -- inspect --json",
      ],
    },
    width,
  );
}
