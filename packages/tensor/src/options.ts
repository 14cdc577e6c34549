import { nearestName } from "./nearest-name.ts";
import { describe } from "./shape.ts";

/**
 * What an option holds. Names (dtypes, modes), shapes and objects are checked further where they are used, which knows
 * more about them.
 */
export type OptionKind = "number" | "boolean" | "dims" | "name" | "shape" | "object";

/** The options that a function knows. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: OptionKind };

/**
 * Throws unless `options` is a plain object of known options of the right kinds; for public doors.
 *
 * @param before - the arguments that come before the options, for the hint.
 */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  kinds: OptionKinds<Options>,
  before = "x",
): void {
  if (!isPlainObject(options)) throw notOptions(where, options, kinds, before);
  for (const name in options) {
    const kind = kinds[name];
    // a function is what every object inherits under names like "toString"
    if (typeof kind !== "string") throw unknownOption(where, name, Object.keys(kinds));
    const value: unknown = options[name];
    if (value === undefined || isOfKind(value, kind)) continue;
    const expected = expectations[kind];
    if (expected !== null)
      throw new TypeError(`${where}: ${name} must be ${expected}, got ${describe(value)}`);
  }
}

function isOfKind(value: unknown, kind: OptionKind): boolean {
  switch (kind) {
    case "number":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "dims":
      return typeof value === "number" || isList(value);
    case "name":
      return typeof value === "string";
    case "shape":
      return isList(value);
    case "object":
      return false;
  }
}

/** What errors say that an option must be; `null` where others check. */
const expectations: Readonly<Record<OptionKind, string | null>> = {
  number: "a number",
  boolean: "true or false",
  dims: "a number or an array of numbers",
  name: null,
  shape: null,
  object: null,
};

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

/** An object of no class; `Object` may be that of another realm. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value may be meant for the first option that could hold it. */
function notOptions<Options>(
  where: string,
  value: unknown,
  kinds: OptionKinds<Options>,
  before: string,
): TypeError {
  const names = Object.keys(kinds) as (keyof Options & string)[];
  const meant = names.find((name) => isOfKind(value, kinds[name]));
  const advice =
    meant === undefined
      ? `pass { ${names.join(", ")} }`
      : `write ${where}(${before}, { ${meant}: ${JSON.stringify(value)} })`;
  return new TypeError(`${where}: options must be an object, got ${describe(value)}; ${advice}`);
}

/** What NumPy calls options that have another name here. */
const aliases: Readonly<Record<string, string>> = { axis: "dim", axes: "dim", ddof: "correction" };

function unknownOption(where: string, name: string, names: readonly string[]): TypeError {
  const alias = Object.hasOwn(aliases, name) ? aliases[name]! : name;
  const meant = names.includes(alias) ? alias : nearestName(name, names);
  const hint = meant === null ? "" : ` (did you mean "${meant}"?)`;
  return new TypeError(`${where}: unknown option "${name}"${hint}; options are ${names.join(", ")}`);
}
