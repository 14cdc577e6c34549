import { InputError } from "../errors.ts";
import { anyOf } from "../terminal/lists.ts";
import type { Columns } from "./columns.ts";
import { ExampleList, type Examples } from "./example.ts";
import { missingColumn } from "./table.ts";

/** What a label or a group may be. */
const PLAIN = ["string", "number", "boolean"];

/**
 * Reads JSON Lines: one object a line, of which two fields are used, or three with a group. A label or group may be a
 * string, a number or a boolean.
 *
 * @throws {@link InputError} naming the line that is not a JSON object, or whose fields have another type, or if no
 * line has a named field.
 */
export function parseJsonLines(content: string, columns: Columns, source: string): Examples {
  const list = new ExampleList();
  const found = new Set<string>();
  let first: object | undefined;
  const read = (row: object, name: string | undefined, kinds: readonly string[], where: string): string => {
    const value = name === undefined ? undefined : field(row, name);
    if (name === undefined || value === undefined) return "";
    found.add(name);
    if (kinds.includes(typeof value)) return String(value);
    throw new InputError(`${where}: field "${name}" is ${kindOf(value)}, expected a ${anyOf(kinds)}`);
  };
  content.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const where = `${source}: line ${index + 1}`;
    const row = parseObject(line, where);
    first ??= row;
    const text = read(row, columns.text, ["string"], where);
    const label = read(row, columns.label, PLAIN, where);
    list.add(text, label, read(row, columns.group, PLAIN, where));
  });
  for (const option of ["text", "label", "group"] as const) {
    const name = columns[option];
    if (first === undefined || name === undefined || found.has(name)) continue;
    throw new InputError(missingColumn(source, option, name, Object.keys(first)));
  }
  return list.finish();
}

function parseObject(line: string, where: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new InputError(`${where} is not JSON: ${(error as Error).message}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`${where} is ${kindOf(value)}, expected a JSON object`);
  }
  return value;
}

/** The own field of that name; null counts as absent. Inherited names (`constructor`) are not fields. */
function field(row: object, name: string): unknown {
  return (Object.getOwnPropertyDescriptor(row, name)?.value as unknown) ?? undefined;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
