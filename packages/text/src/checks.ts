import { show } from "./show.ts";

/** Whether an `Int32Array` holds the value exactly. */
export function isInt32(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

/** @throws TypeError unless `text` is a string. */
export function checkText(where: string, text: unknown): asserts text is string {
  if (typeof text !== "string") throw new TypeError(`${where}: text must be a string, got ${show(text)}`);
}

/** @throws RangeError unless `value` is an integer of at least `least`. */
export function checkInteger(where: string, name: string, value: unknown, least: 0 | 1): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new RangeError(
    `${where}: ${name} must be ${least === 0 ? "a non-negative" : "a positive"} integer, got ${show(value)}`,
  );
}

/** @throws RangeError unless `value` fits an `Int32Array`. */
export function checkInt32(where: string, name: string, value: unknown): void {
  if (isInt32(value)) return;
  throw new RangeError(`${where}: ${name} must be an integer in -2147483648..2147483647, got ${show(value)}`);
}

/** Elements of the largest arrays that functions make. */
const MOST_ELEMENTS = 0x7fffffff;

/** @throws RangeError if a result of so many elements is out of the question. */
export function checkSize(where: string, size: number): void {
  if (size <= MOST_ELEMENTS) return;
  throw new RangeError(`${where}: the result would have ${size} elements; ${MOST_ELEMENTS} is the most`);
}

/**
 * Refuses a string where a list of tokens belongs: a string is iterable too, and would count as its characters.
 *
 * @throws TypeError unless `tokens` is an iterable other than a string; `expected` says what it should be.
 */
export function checkTokens(
  where: string,
  name: string,
  tokens: unknown,
  expected = "a list of tokens",
): asserts tokens is Iterable<string> {
  if (isIterableObject(tokens)) return;
  const advice = typeof tokens === "string" ? "; tokenize it first, for example with basicEnglish" : "";
  throw new TypeError(`${where}: ${name} must be ${expected}, got ${show(tokens)}${advice}`);
}

/** Whether a value is iterable and not a string. */
export function isIterableObject(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

/** @throws TypeError unless `ids` is an array or a typed array; `expected` says what it should be. */
export function checkIds(
  where: string,
  name: string,
  ids: unknown,
  expected = "a list of ids",
): asserts ids is ArrayLike<number> {
  if (Array.isArray(ids) || (ArrayBuffer.isView(ids) && "length" in ids)) return;
  throw new TypeError(`${where}: ${name} must be ${expected}, got ${show(ids)}`);
}

/** @throws TypeError unless `token` is a string. */
export function checkToken(where: string, name: string, token: unknown): asserts token is string {
  if (typeof token !== "string")
    throw new TypeError(`${where}: ${name} must be a string, got ${show(token)}`);
}
