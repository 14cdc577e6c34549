/** A saved model that cannot be believed. */
export class SavedModelError extends Error {
  override readonly name: string = "SavedModelError";
}

/**
 * The members of a parsed JSON object, which must be exactly the named ones. The result has no prototype, so that no
 * inherited name can pass for a member.
 *
 * @param optional - Names of members that may be absent.
 * @throws {@link SavedModelError} naming the member that is missing or unknown.
 */
export function members<K extends string, O extends string = never>(
  value: unknown,
  where: string,
  names: readonly K[],
  optional: readonly O[] = [],
): Record<K | O, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SavedModelError(`${where} is not an object`);
  }
  const result = Object.assign(Object.create(null), value) as Record<string, unknown>;
  for (const name of names) {
    if (!Object.hasOwn(value, name)) throw new SavedModelError(`${where} has no "${name}"`);
  }
  for (const name of Object.keys(value)) {
    if (!names.includes(name as K) && !optional.includes(name as O))
      throw new SavedModelError(`${where} has an unknown member ${JSON.stringify(name)}`);
  }
  return result;
}

/** The value as a number from `min` to `max`. */
export function numberIn(value: unknown, where: string, min: number, max: number): number {
  if (typeof value === "number" && value >= min && value <= max) return value;
  throw new SavedModelError(`${where} is ${print(value)}, expected a number from ${min} to ${max}`);
}

/** The value as a whole number from `min` to `max`. */
export function wholeIn(value: unknown, where: string, min: number, max: number): number {
  if (Number.isInteger(value)) return numberIn(value, where, min, max);
  throw new SavedModelError(`${where} is ${print(value)}, expected a whole number from ${min} to ${max}`);
}

/** The value as one of a few words or numbers. */
export function oneOf<C extends string | number>(value: unknown, where: string, choices: readonly C[]): C {
  if (choices.includes(value as C)) return value as C;
  throw new SavedModelError(
    `${where} is ${print(value)}, expected ${choices.map((choice) => JSON.stringify(choice)).join(" or ")}`,
  );
}

/** The value as a list of different strings, `min` to `max` of them. */
export function distinctTexts(value: unknown, where: string, min: number, max: number): string[] {
  if (!Array.isArray(value) || !value.every((text) => typeof text === "string")) {
    throw new SavedModelError(`${where} is not a list of strings`);
  }
  if (value.length < min || value.length > max) {
    throw new SavedModelError(`${where} has ${value.length} entries, expected ${min} to ${max}`);
  }
  const seen = new Set<string>();
  for (const text of value) {
    if (seen.has(text)) throw new SavedModelError(`${where} has ${print(text)} twice`);
    seen.add(text);
  }
  return value;
}

function print(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
