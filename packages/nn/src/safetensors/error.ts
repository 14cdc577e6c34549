/**
 * Bytes that are not a safetensors file, or hold what cannot be read here; the message says what and where.
 *
 * @public
 */
export class SafetensorsError extends Error {
  /** `"SafetensorsError"`. */
  override readonly name: string = "SafetensorsError";
}

/** A value from a file as part of a message: short, whatever a stranger put there. */
export function printed(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) {
    const parts = value.slice(0, 8).map((part) => (Array.isArray(part) ? "a list" : printed(part)));
    return `[${parts.join(",")}${value.length > 8 ? ",…" : ""}]`;
  }
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
