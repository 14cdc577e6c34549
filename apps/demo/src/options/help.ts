import { PREDICT_OPTIONS } from "../tasks/classification/predict-options.ts";
import { TRAIN_GROUPS } from "../tasks/classification/train-options.ts";
import type { OptionSpec, OptionTable } from "./spec.ts";

/** What `--help` prints for training. */
export function trainHelp(): string {
  return `Trains a recurrent network to classify texts, by default 3,000 review sentences as positive or negative.

usage
  npm start                            train on the shipped sentences
  npm start -- [OPTIONS]               train with other settings or your own data
  npm start -- predict [TEXT ...]      classify texts with the saved model (predict --help)

${TRAIN_GROUPS.map(([title, table]) => `${title}\n${optionList(table)}`).join("\n\n")}

Ctrl-C stops training, saves the best model so far and exits with code 130.
A mistake in options or files is one line on standard error and exit code 2; no file is overwritten then.

examples
  npm start -- --cell lstm --hidden 128 --seed 1
  npm start -- --data reviews.csv --text review --label stars
  npm start -- --data train.jsonl.gz --test test.jsonl.gz --max-length 200 --epochs 3
`;
}

/** What `predict --help` prints. */
export function predictHelp(): string {
  return `Classifies texts with a saved model: each argument, or each line of standard input.

usage
  npm start -- predict "Good value, but the battery died."
  npm run --silent start -- predict --json < sentences.txt

options
${optionList(PREDICT_OPTIONS)}
`;
}

function optionList(table: OptionTable): string {
  const rows = Object.entries(table).map(
    ([name, spec]) => [`  --${name}${argument(spec)}`, describe(spec)] as const,
  );
  const width = Math.max(26, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${left.padEnd(width)}  ${right}`).join("\n");
}

function argument(spec: OptionSpec): string {
  if (spec.kind === "flag") return "";
  if (spec.kind === "text") return ` ${spec.shown}`;
  return spec.kind === "choice" ? ` ${spec.choices.join("|")}` : " N";
}

function describe(spec: OptionSpec): string {
  const value = spec.kind === "flag" ? undefined : spec.default;
  return value === undefined ? spec.help : `${spec.help} (${value})`;
}
