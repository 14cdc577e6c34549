/**
 * Bytes that are not a `.npy` file, or hold what cannot be read here; the message says what.
 *
 * @public
 */
export class NpyError extends Error {
  /** `"NpyError"`. */
  override readonly name: string = "NpyError";
}

/** What to throw; the text begins with the public function. */
export function npyError(text: string): NpyError {
  return new NpyError(`decodeNpy: ${text}`);
}

/** Text from a file as part of a message: short, whatever a stranger put there. */
export function printed(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
