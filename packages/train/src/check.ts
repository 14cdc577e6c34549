import type { Parameter } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { nearestName } from "./nearest-name.ts";

/** The names of all options, written as an object so that the compiler finds one that is missing or too many. */
export type OptionNames<Options> = { readonly [Name in keyof Options]-?: unknown };

/** Throws unless `value` is a finite number with `min <= value < below`, as far as these are given. */
export function checkNumber(
  where: string,
  name: string,
  value: number,
  { min = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY }: { min?: number; below?: number } = {},
): void {
  if (Number.isFinite(value) && value >= min && value < below) return;
  const limits = [
    ...(Number.isFinite(min) ? [`>= ${min}`] : []),
    ...(Number.isFinite(below) ? [`< ${below}`] : []),
  ];
  const range = limits.length > 0 ? ` ${limits.join(" and ")}` : "";
  throw new RangeError(`${where}: ${name} must be a finite number${range}, got ${describe(value)}`);
}

/** Throws unless `value` is a whole number of at least `min`. */
export function checkInteger(where: string, name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new RangeError(`${where}: ${name} must be an integer >= ${min}, got ${describe(value)}`);
}

/** Throws unless `value` is a number of at least 0; `Infinity` is one. */
export function checkLimit(where: string, name: string, value: number): void {
  if (typeof value === "number" && value >= 0) return;
  throw new RangeError(`${where}: ${name} must be a number >= 0, got ${describe(value)}`);
}

/** Throws unless `value` is `true` or `false`. */
export function checkBoolean(where: string, name: string, value: boolean): void {
  if (typeof value !== "boolean") throw wrongKind(where, name, "true or false", value);
}

/** Throws unless `value` is one of a few strings. */
export function checkChoice(where: string, name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new RangeError(
    `${where}: ${name} must be ${choices.map(describe).join(" or ")}, got ${describe(value)}`,
  );
}

/** Throws unless `value` is a function; `advice` says what else to pass. */
export function checkFunction(where: string, name: string, value: unknown, advice = ""): void {
  if (typeof value !== "function") throw wrongKind(where, name, "a function", value, advice);
}

/** Throws unless `value` is a tensor. */
export function checkTensor(where: string, name: string, value: unknown): void {
  if (value instanceof Tensor) return;
  throw wrongKind(where, name, "a Tensor", value, Array.isArray(value) ? "make it with tensor(...)" : "");
}

/** Throws unless `value` is an array or a typed array. */
export function checkList(where: string, name: string, value: unknown, of: string): void {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value)) return;
  throw wrongKind(where, name, `a list of ${of}`, value);
}

/** Throws unless `ids` is a list of numbers that an `Int32Array` holds exactly. */
export function checkIds(where: string, name: string, ids: ArrayLike<number>): void {
  if (ids instanceof Tensor) {
    throw wrongKind(where, name, "a list of token ids", ids, "pass its toArray() if it is [L]");
  }
  checkList(where, name, ids, "token ids");
  for (let t = 0; t < ids.length; t++) {
    if (ids[t] === ids[t]! >> 0) continue;
    throw new RangeError(`${where}: ${name} has ${describe(ids[t])} at step ${t}; ids are int32`);
  }
}

/** Throws unless `value` is an object that is not an array, a map or the like. */
export function checkObject(where: string, name: string, value: unknown, expected = "an object"): void {
  if (Object.prototype.toString.call(value) !== "[object Object]")
    throw wrongKind(where, name, expected, value);
}

/** Throws unless `options` is an object without other members than `names` has; an option may be `undefined`. */
export function checkOptions(where: string, options: unknown, names: object, label = "options"): void {
  const known = Object.keys(names);
  if (Object.prototype.toString.call(options) !== "[object Object]") {
    throw wrongKind(where, label, "an object", options, `options are ${known.join(", ")}`);
  }
  for (const [name, value] of Object.entries(options as object)) {
    if (value === undefined || Object.hasOwn(names, name)) continue;
    const place = label === "options" ? "" : ` in ${label}`;
    const meant = nearestName(name, known);
    const hint = meant === null ? "" : ` (did you mean "${meant}"?)`;
    throw new TypeError(`${where}: unknown option "${name}"${place}${hint}; options are ${known.join(", ")}`);
  }
}

/** The error for a value of the wrong kind. */
export function wrongKind(
  where: string,
  name: string,
  expected: string,
  value: unknown,
  advice = "",
): TypeError {
  const end = advice === "" ? "" : `; ${advice}`;
  return new TypeError(`${where}: ${name} must be ${expected}, got ${describe(value)}${end}`);
}

const LONGEST = 10;

/** A value as error messages print it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) {
    return value.length > LONGEST ? `an array of ${value.length}` : `[${value.map(describe).join(", ")}]`;
  }
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `an object of ${name}`;
}

/** A parameter as error messages print it: its name in quotes, or its position if no module named it. */
export function nameOf(parameter: Parameter, position: number): string {
  return parameter.name === "" ? `parameter ${position}` : `"${parameter.name}"`;
}
