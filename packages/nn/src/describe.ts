/** A value as error messages print it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "a plain object" : `an instance of ${name}`;
}
