import { block } from "../options/help.ts";
import { TASKS } from "../tasks/index.ts";
import { wrap } from "../terminal/wrap.ts";
import { COMMANDS } from "./index.ts";

const NOTES = [
  "Every command explains itself with --help and prints JSON with --json. Without a command, options are those of train. " +
    "A mistake in options or files is one line on standard error and exit code 2.",
];

/** What `--help` prints without a command. */
export function overview(width: number): string {
  const parts = [
    "Recurrent networks at the command line: train them, use them, look inside.",
    block("usage", [
      "npm start                            train on the shipped sentences",
      "npm start -- COMMAND [OPTIONS]       the same for every command below",
    ]),
    block("commands", table(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]))),
    block("tasks, for train --task", table(TASKS.map(({ name, summary }) => [name, summary]))),
    ...NOTES.map((note) => wrap(note, width).join("\n")),
    block("examples", [
      "npm start -- train --help",
      "npm start -- train --data reviews.csv --text review --label stars",
      'npm start -- predict "Good value, but the battery died."',
      "npm start -- inspect",
      "npm start -- train --task language-model",
      'npm start -- generate --prompt "ROMEO:"',
    ]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`);
}
