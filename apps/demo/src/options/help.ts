import { wrap } from "../terminal/wrap.ts";
import type { OptionGroups, OptionSpec, OptionTable } from "./spec.ts";

/** A page of help. */
export interface HelpPage {
  /** What the command does, one sentence. */
  readonly title: string;
  readonly usage: readonly string[];
  readonly groups: OptionGroups;
  /** Paragraphs below the options. */
  readonly notes?: readonly string[];
  readonly examples: readonly string[];
}

/** Options wider than this do not push the descriptions of the others to the right. */
const WIDEST_OPTION = 32;

/** What `--help` prints, in lines of at most `width` characters where that is possible. */
export function helpText({ title, usage, groups, notes = [], examples }: HelpPage, width: number): string {
  const tables = groups.filter(([, table]) => Object.keys(table).length > 0);
  const widths = tables.flatMap(([, table]) =>
    Object.entries(table).map(([name, spec]) => nameAndValue(name, spec).length),
  );
  const margin = Math.max(...widths.filter((optionWidth) => optionWidth <= WIDEST_OPTION));
  const parts = [
    wrap(title, width).join("\n"),
    block("usage", usage),
    ...tables.map(([name, table]) => `${name}\n${optionLines(table, margin, width).join("\n")}`),
    ...notes.map((note) => wrap(note, width).join("\n")),
    block(
      "examples",
      examples.flatMap((command) => shellLines(command, width - 2)),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Lines indented under a heading. */
export function block(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** A command in lines of at most `width` characters where that is possible, to be typed or copied as they are. */
function shellLines(command: string, width: number): string[] {
  if (command.length <= width) return [command];
  // an option stays with its value; a line that goes on ends with a space and a backslash
  const [first = "", ...options] = command.split(/ (?=--\w)/);
  const lines = [first];
  for (const option of options) {
    const last = lines.at(-1)!;
    if (last.length + 1 + option.length + 2 <= width) lines[lines.length - 1] = `${last} ${option}`;
    else lines.push(`    ${option}`);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line} \\` : line));
}

/** Options with their descriptions beside them; below them if the option itself is too long. */
function optionLines(table: OptionTable, margin: number, width: number): string[] {
  const indentation = " ".repeat(margin + 2);
  return Object.entries(table).flatMap(([name, spec]) => {
    const option = nameAndValue(name, spec);
    const lines = wrap(describe(spec), Math.max(30, width - indentation.length));
    if (option.length > margin) return [option, ...lines.map((line) => indentation + line)];
    return lines.map((line, n) => `${n === 0 ? option.padEnd(margin) : " ".repeat(margin)}  ${line}`);
  });
}

function nameAndValue(name: string, spec: OptionSpec): string {
  return `  --${name}${placeholder(spec)}`;
}

function placeholder(spec: OptionSpec): string {
  if (spec.kind === "flag") return "";
  if (spec.kind === "text") return ` ${spec.shown}`;
  return spec.kind === "choice" ? ` ${spec.shown ?? spec.choices.join("|")}` : " N";
}

function describe(spec: OptionSpec): string {
  const value = spec.kind === "flag" ? undefined : spec.default;
  return value === undefined ? spec.help : `${spec.help} (${value})`;
}
