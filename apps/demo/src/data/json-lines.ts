import { InputError } from "../errors.ts";
import type { Columns } from "./columns.ts";
import { ExampleList, type Examples } from "./example.ts";
import { missingColumn } from "./table.ts";

/**
 * Reads JSON Lines: one object a line, of which two fields are used, or three with a group. A label or group may be a
 * string, a number or a boolean.
 *
 * @throws {@link InputError} naming the line that is not a JSON object, or whose fields have another type, or if no
 * line has a named field.
 */
export function parseJsonLines(content: string, columns: Columns, source: string): Examples {
  const list = new ExampleList();
  const found = { text: false, label: false, group: columns.group === undefined };
  let first: object | undefined;
  content.split("\n").forEach((line, index) => {
    if (line.trim() === "") return;
    const row = parseObject(line, `${source}: line ${index + 1}`);
    first ??= row;
    const text = field(row, columns.text);
    const label = field(row, columns.label);
    const group = columns.group === undefined ? undefined : field(row, columns.group);
    found.text ||= text !== undefined;
    found.label ||= label !== undefined;
    found.group ||= group !== undefined;
    if (text !== undefined && typeof text !== "string") {
      throw new InputError(
        `${source}: line ${index + 1}: field "${columns.text}" is ${kindOf(text)}, expected a string`,
      );
    }
    for (const [name, value] of [
      [columns.label, label],
      [columns.group, group],
    ]) {
      if (value === undefined || ["string", "number", "boolean"].includes(typeof value)) continue;
      throw new InputError(
        `${source}: line ${index + 1}: field "${name}" is ${kindOf(value)}, expected a string, number or boolean`,
      );
    }
    list.add(text ?? "", String(label ?? ""), String(group ?? ""));
  });
  for (const option of ["text", "label", "group"] as const) {
    if (first !== undefined && !found[option]) {
      throw new InputError(missingColumn(source, option, columns[option]!, Object.keys(first)));
    }
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
