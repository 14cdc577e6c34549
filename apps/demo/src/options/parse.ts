import { parseArgs } from "node:util";
import { InputError } from "../errors.ts";
import { anyOf } from "../terminal/lists.ts";
import { closest } from "./closest.ts";
import type { ChoiceSpec, NumberSpec, OptionSpec, OptionTable, OptionValues, WholeSpec } from "./spec.ts";

/** What a command line held. */
export interface Parsed<T extends OptionTable> {
  readonly values: OptionValues<T>;
  /** Names of the options that were given, so that defaults can be told from choices. */
  readonly given: ReadonlySet<string>;
  readonly positionals: readonly string[];
}

/**
 * Parses arguments by a table: `--name value` or `--name=value`; after `--` everything is positional.
 *
 * @throws {@link InputError} for an unknown option, a missing value or one that does not fit the table.
 */
export function parseOptions<T extends OptionTable>(args: readonly string[], table: T): Parsed<T> {
  const specs = new Map<string, OptionSpec>(Object.entries(table));
  const values = new Map<string, unknown>();
  for (const [name, spec] of specs) values.set(name, spec.kind === "flag" ? false : spec.default);
  const given = new Set<string>();
  const positionals: string[] = [];
  for (const token of tokensOf(args, specs)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const spec = specs.get(token.name);
    if (spec === undefined) throw unknown(token.rawName, [...specs.keys()]);
    values.set(token.name, convert(token.rawName, spec, token.value, token.inlineValue === true));
    given.add(token.name);
  }
  return { values: Object.fromEntries(values) as OptionValues<T>, given, positionals };
}

/** What can be said of a command line before the table of its options is known. */
export interface Peeked {
  /** Last value of the option that decides about the others; undefined if it is not given. */
  readonly value: string | undefined;
  readonly help: boolean;
  /** Names of all options that are given. */
  readonly given: readonly string[];
}

/**
 * Reads the one option that decides which others there are (`--task`, `--model`), and makes sure that all names are in
 * one of the tables.
 *
 * @throws {@link InputError} for an unknown option, or if the value of the one does not fit.
 */
export function peekOption(args: readonly string[], name: string, tables: readonly OptionTable[]): Peeked {
  const specs = new Map(tables.flatMap((table) => Object.entries(table)));
  let value: string | undefined;
  const given: string[] = [];
  for (const token of tokensOf(args, specs)) {
    if (token.kind !== "option") continue;
    const spec = specs.get(token.name);
    if (spec === undefined) throw unknown(token.rawName, [...specs.keys()]);
    given.push(token.name);
    if (token.name !== name) continue;
    value = String(convert(token.rawName, spec, token.value, token.inlineValue === true));
  }
  return { value, help: given.includes("help"), given };
}

function tokensOf(args: readonly string[], specs: ReadonlyMap<string, OptionSpec>) {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries([...specs].map(([name, spec]) => [name, declaration(name, spec)])),
    // not strict: the messages of node:util do not say what is allowed
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens;
}

function declaration(name: string, spec: OptionSpec): { type: "boolean" | "string"; short?: string } {
  const type = spec.kind === "flag" ? "boolean" : "string";
  return name === "help" ? { type, short: "h" } : { type };
}

function unknown(rawName: string, names: readonly string[]): InputError {
  const near = closest(rawName.replace(/^-+/, ""), names);
  return new InputError(
    `${rawName}: unknown option${near === undefined ? "" : ` (did you mean --${near}?)`}; see --help`,
  );
}

function convert(rawName: string, spec: OptionSpec, value: string | undefined, inline: boolean): unknown {
  if (spec.kind === "flag") {
    if (value !== undefined) throw new InputError(`${rawName}: takes no value, got "${value}"`);
    return true;
  }
  // the next option is not a value; a value that starts with -- can be given as --name=--value
  const isEmpty = value === "" && !(spec.kind === "text" && spec.mayBeEmpty === true);
  if (value === undefined || isEmpty || (!inline && value.startsWith("--"))) {
    const what = spec.kind === "text" ? `${rawName} ${spec.shown}` : expected(spec);
    throw new InputError(`${rawName}: needs a value: ${what}`);
  }
  if (spec.kind === "text") return value;
  if (spec.kind === "choice") {
    if (spec.choices.includes(value)) return value;
  } else {
    const number = Number(value);
    const fits =
      number >= spec.min && number <= spec.max && (spec.kind === "number" || Number.isInteger(number));
    if (value.trim() !== "" && fits) return number;
  }
  throw new InputError(`${rawName}: expected ${expected(spec)}, got "${value}"`);
}

function expected(spec: ChoiceSpec | WholeSpec | NumberSpec): string {
  if (spec.kind === "choice") return anyOf(spec.choices);
  return `a ${spec.kind === "whole" ? "whole number" : "number"} from ${spec.min} to ${spec.max}`;
}
