/** Longest list or object that stays on one line. */
const WIDTH = 100;

/**
 * A value as a JSON document for programs and people: indented, but lists and objects that fit on one line stay on it.
 */
export function jsonDocument(value: unknown): string {
  return `${print(value, "")}\n`;
}

function print(value: unknown, indentation: string): string {
  const flat = JSON.stringify(value) ?? "null";
  if (typeof value !== "object" || value === null) return flat;
  if (indentation !== "" && indentation.length + flat.length <= WIDTH && !hasDepth(value))
    return spaced(value);
  const deeper = `${indentation}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => deeper + print(item, deeper)).join(",\n")}\n${indentation}]`;
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return "{}";
  const members = entries.map(
    ([name, member]) => `${deeper}${JSON.stringify(name)}: ${print(member, deeper)}`,
  );
  return `{\n${members.join(",\n")}\n${indentation}}`;
}

/** Whether a list or object holds others that hold anything but plain values. */
function hasDepth(value: object): boolean {
  return Object.values(value).some(
    (member) =>
      typeof member === "object" &&
      member !== null &&
      Object.values(member).some((inner) => typeof inner === "object" && inner !== null),
  );
}

/** On one line, with spaces after commas and colons. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return "{}";
  return `{ ${members.map(([name, member]) => `${JSON.stringify(name)}: ${spaced(member)}`).join(", ")} }`;
}
