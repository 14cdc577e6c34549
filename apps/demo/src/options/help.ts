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

/** What `--help` prints. */
export function helpText({ title, usage, groups, notes = [], examples }: HelpPage): string {
  const tables = groups.filter(([, table]) => Object.keys(table).length > 0);
  const width = Math.max(26, ...tables.flatMap(([, table]) => Object.entries(table).map(leftWidth)));
  const parts = [
    title,
    block("usage", usage),
    ...tables.map(([name, table]) => `${name}\n${optionLines(table, width).join("\n")}`),
    ...notes,
    block("examples", examples),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Lines indented under a heading. */
export function block(heading: string, lines: readonly string[]): string {
  return [heading, ...lines.map((line) => `  ${line}`)].join("\n");
}

function optionLines(table: OptionTable, width: number): string[] {
  return Object.entries(table).map(([name, spec]) => `${left(name, spec).padEnd(width)}  ${describe(spec)}`);
}

function leftWidth([name, spec]: [string, OptionSpec]): number {
  const { length } = left(name, spec);
  return length > LONGEST_LEFT ? 0 : length;
}

/** Wider option names do not push the others' descriptions to the right. */
const LONGEST_LEFT = 34;

function left(name: string, spec: OptionSpec): string {
  return `  --${name}${argument(spec)}`;
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
