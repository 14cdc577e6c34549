import { nearestName } from "./nearest-name.ts";
import { show } from "./show.ts";

/** What an option must be; `"any"` is checked where the option is used. */
type OptionKind = "boolean" | "function" | "any";

/** The options that a function knows, written as an object so that the compiler finds one that is missing. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: OptionKind };

/** @throws TypeError unless `options` is an object of known options, of the right kinds where that is said. */
export function checkOptions<Options extends object>(
  where: string,
  options: Options,
  kinds: OptionKinds<Options>,
): void {
  const names = `options are ${Object.keys(kinds).join(", ")}`;
  if (Object.prototype.toString.call(options) !== "[object Object]") {
    throw new TypeError(`${where}: options must be an object, got ${show(options)}; ${names}`);
  }
  for (const name in options) {
    const value: unknown = options[name];
    if (value === undefined) continue;
    if (!Object.hasOwn(kinds, name)) throw unknownOption(where, name, Object.keys(kinds));
    const kind = kinds[name];
    if (kind === "any" || typeof value === kind) continue;
    const expected = kind === "boolean" ? "true or false" : "a function";
    throw new TypeError(`${where}: ${name} must be ${expected}, got ${show(value)}`);
  }
}

/** What PyTorch and Keras call options that have another name here. */
const aliases: Readonly<Record<string, string>> = {
  padding_value: "padIndex",
  paddingValue: "padIndex",
  maxlen: "maxLength",
  padding: "paddingSide",
  truncating: "truncationSide",
};

function unknownOption(where: string, name: string, names: readonly string[]): TypeError {
  const alias = Object.hasOwn(aliases, name) ? aliases[name]! : name;
  const meant = names.includes(alias) ? alias : nearestName(name, names);
  const hint = meant === null ? "" : ` (did you mean ${show(meant)}?)`;
  return new TypeError(`${where}: unknown option ${show(name)}${hint}; options are ${names.join(", ")}`);
}
