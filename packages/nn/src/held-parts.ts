/** A module or a parameter that an object holds. */
export interface HeldPart<T> {
  /** Where: `head`, `layers[1]`, `heads.main`. */
  readonly path: string;
  /** What it may be registered as, without dots: `head`, `layers1`, `heads_main`. */
  readonly name: string;
  readonly part: T;
}

/** Longer lists that hold no parts are remembered, so that a vocabulary is not searched again in every step. */
const long = 100;
const withoutParts = new WeakSet<object>();

/** The parts in the enumerable properties of `owner`, and in the arrays, maps and plain objects among them. */
export function heldParts<T>(owner: object, isPart: (value: unknown) => value is T): HeldPart<T>[] {
  const parts: HeldPart<T>[] = [];
  for (const key of Object.keys(owner)) {
    const value = (owner as Record<string, unknown>)[key];
    if (typeof value !== "object" || value === null) continue;
    if (isPart(value)) parts.push({ path: key, name: withoutDots(key), part: value });
    else addInside(parts, key, value, isPart);
  }
  return parts;
}

function addInside<T>(
  parts: HeldPart<T>[],
  key: string,
  list: object,
  isPart: (value: unknown) => value is T,
): void {
  if (!isList(list) || withoutParts.has(list)) return;
  const before = parts.length;
  const isArray = Array.isArray(list);
  const entries = isArray ? list.entries() : list instanceof Map ? list.entries() : Object.entries(list);
  let count = 0;
  for (const [at, value] of entries as Iterable<[unknown, unknown]>) {
    count++;
    if (!isPart(value)) continue;
    const path = isArray ? `${key}[${at}]` : `${key}.${String(at)}`;
    parts.push({ path, name: withoutDots(isArray ? `${key}${at}` : path), part: value });
  }
  if (count > long && parts.length === before) withoutParts.add(list);
}

/** An array, a map or a plain object. */
function isList(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function withoutDots(name: string): string {
  return name.replaceAll(".", "_");
}
