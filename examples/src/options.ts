import { parseArgs } from "node:util";
import type { OptionValue } from "./example.ts";
import { wrap } from "./wrap.ts";

/** A mistake in the command line or a file that it names; the message alone is shown. */
export class UsageError extends Error {}

/**
 * Reads `--hidden-size 64` into `{ hiddenSize: 64 }`, every option of the kind of its default.
 *
 * @throws UsageError for an option that is not there or has a value of another kind.
 */
export function readOptions<Options extends { readonly [Name in keyof Options]: OptionValue }>(
  args: readonly string[],
  defaults: Options,
): Options {
  const kinds = Object.entries<OptionValue>(defaults).map(([name, value]) => {
    return [dashed(name), { type: typeof value === "boolean" ? "boolean" : "string" }] as const;
  });
  const values = parse(args, Object.fromEntries(kinds));
  const chosen = Object.entries<OptionValue>(defaults).map(([name, standard]) => {
    const typed = values[dashed(name)];
    if (typed === undefined) return [name, standard];
    if (typeof standard !== "number") return [name, typed];
    const number = numberOf(dashed(name), String(typed));
    // options that are 0 by default may be 0: seeds, shares
    if (number < 0 || (number === 0 && standard !== 0)) {
      const range = standard === 0 ? "from 0 on" : "above 0";
      throw new UsageError(`--${dashed(name)} needs a number ${range}, got ${number}`);
    }
    return [name, number];
  });
  return Object.fromEntries(chosen);
}

/** Every option on a line, or several if one is too short, with what it means and its default; what is on is listed as the switch that turns it off. */
export function describeOptions<Options extends { readonly [Name in keyof Options]: OptionValue }>(
  defaults: Options,
  help: { readonly [Name in keyof Options]: string },
): string {
  const names = Object.keys(defaults) as (keyof Options & string)[];
  const heads = names.map((name) => {
    const standard = defaults[name];
    if (typeof standard === "boolean") return `--${standard ? "no-" : ""}${dashed(name)}`;
    return `--${dashed(name)} ${(typeof standard).toUpperCase()}`;
  });
  const width = Math.max(...heads.map(({ length }) => length));
  return names
    .map((name, i) => {
      const standard = defaults[name];
      const shown = standard === "" || typeof standard === "boolean" ? "" : ` (${standard})`;
      return wrap(`  ${heads[i]!.padEnd(width)}  ${help[name]}${shown}`, width + 4);
    })
    .join("\n");
}

/**
 * The choices in an option that lists them with commas.
 *
 * @throws UsageError for anything that is not one of them.
 */
export function choicesOf<Choice extends string>(
  name: string,
  text: string,
  choices: readonly Choice[],
): Choice[] {
  return text.split(",").map((word) => {
    const choice = choices.find((each) => each === word.trim());
    if (choice === undefined)
      throw new UsageError(`--${dashed(name)} takes ${choices.join(", ")}, got "${word}"`);
    return choice;
  });
}

/**
 * The numbers in an option that lists them with commas.
 *
 * @throws UsageError for anything that is not a number.
 */
export function numbersOf(name: string, text: string): number[] {
  return text.split(",").map((word) => numberOf(dashed(name), word));
}

function parse(args: readonly string[], options: Record<string, { type: "boolean" | "string" }>) {
  try {
    return parseArgs({ args: joinNegative(args), options, strict: true, allowNegative: true }).values;
  } catch (error) {
    // the first sentence; the others are about arguments that look like options, and about those without a name
    throw new UsageError((error as Error).message.split(/\. |\.?\n/)[0]);
  }
}

/** `--hidden -3` as `--hidden=-3`: alone, -3 would be taken for an option. */
function joinNegative(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    if (/^-[\d.]/.test(arg) && before?.startsWith("--")) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function numberOf(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`--${name} needs a number, got "${text}"`);
  return value;
}

/** `hiddenSize` is typed as `hidden-size`. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
