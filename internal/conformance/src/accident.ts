/**
 * Whether an error is a stumble of the engine instead of a message by the library.
 *
 * A case that must throw is not passed by "x is not a function" or "Cannot read properties of undefined".
 */
export function isAccident(error: unknown): boolean {
  if (!(error instanceof Error)) return true;
  if (error instanceof ReferenceError || error instanceof SyntaxError) return true;
  return ENGINE_MESSAGES.some((pattern) => pattern.test(error.message));
}

/** How V8 words errors that no library code raised on purpose. */
const ENGINE_MESSAGES = [
  /^Cannot (read|set|destructure|access|convert|assign|add|delete|mix) /,
  /is not (a function|iterable|a constructor|defined|extensible)/,
  /^Invalid (array|typed array) length/,
  /^Class constructor /,
  /^Maximum call stack/,
  /^Array buffer allocation failed/,
];

/** What a call returned, or the error it threw; an accident is thrown on. */
export function attempt<T>(
  call: () => T,
): { value: T; error?: undefined } | { error: Error; value?: undefined } {
  try {
    return { value: call() };
  } catch (error) {
    if (isAccident(error)) throw error;
    return { error: error as Error };
  }
}
