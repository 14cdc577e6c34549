import { Generator } from "@rnn/tensor";
import { describe } from "./describe.ts";
import { nearestName } from "./nearest-name.ts";

/** The names of all options in `T`. */
export type OptionNames<T> = Readonly<Record<keyof T, true>>;

/** Returns `options` if it is a plain object that sets no other keys than `names`; throws otherwise. */
export function checkOptions<T extends object>(where: string, options: T, names: OptionNames<T>): T {
  if (!isPlainObject(options)) {
    throw new TypeError(
      `${where}: options must be a plain object, got ${describe(options)}; options are ${listed(names)}`,
    );
  }
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !Object.hasOwn(names, key)) throw unknownOption(where, key, names);
  }
  return options;
}

/** Throws unless `value` is 1, 2, 3, … */
export function checkPositive(where: string, name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`${where}: ${name} must be a positive integer, got ${describe(value)}`);
}

/** Throws unless `value` is 0, 1, 2, … */
export function checkCount(where: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0) return;
  throw new RangeError(`${where}: ${name} must be a non-negative integer, got ${describe(value)}`);
}

/** Throws unless `value` is a finite number of at least 0. */
export function checkNonNegative(where: string, name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new RangeError(`${where}: ${name} must be a non-negative number, got ${describe(value)}`);
}

/** Throws unless `value` is a number from 0 to 1. */
export function checkProbability(where: string, name: string, value: number): void {
  if (typeof value === "number" && value >= 0 && value <= 1) return;
  throw new RangeError(`${where}: ${name} must be between 0 and 1, got ${describe(value)}`);
}

/** Throws unless an option that is on or off is a boolean, or left out. */
export function checkFlag(where: string, name: string, value: boolean | undefined): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new TypeError(`${where}: ${name} must be true or false, got ${describe(value)}`);
}

/** Throws unless `generator` is one, or left out. */
export function checkGenerator(where: string, generator: Generator | undefined): void {
  if (generator === undefined || generator instanceof Generator) return;
  throw new TypeError(
    `${where}: generator must be a Generator, got ${describe(generator)}; make one with new Generator(seed)`,
  );
}

function unknownOption(where: string, key: string, names: object): TypeError {
  const meant = nearestName(key, Object.keys(names));
  const hint = meant === null ? `; options are ${listed(names)}` : ` (did you mean "${meant}"?)`;
  return new TypeError(`${where}: unknown option "${key}"${hint}`);
}

function listed(names: object): string {
  return Object.keys(names).join(", ");
}

/** Objects of another realm count too: what is plain has a prototype without a prototype, or none. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
