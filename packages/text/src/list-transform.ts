import { show } from "./show.ts";

/**
 * One list, or a batch of lists.
 *
 * @public
 */
export type ListOrBatch<T> = readonly T[] | readonly (readonly T[])[];

/**
 * A list of `T` for a list, a batch of lists of `T` for a batch.
 *
 * @public
 */
export type SameNesting<Lists, T> = Lists extends readonly (readonly unknown[])[] ? T[][] : T[];

/**
 * Makes a list of one list, or a batch of a batch.
 *
 * @public
 */
export type ListTransform<From, To> = <Lists extends ListOrBatch<From>>(
  lists: Lists,
) => SameNesting<Lists, To>;

/** Applies `transform` to a list, or to every list of a batch: what begins with a list is a batch. */
export function mapLists<From, To>(
  where: string,
  lists: ListOrBatch<From>,
  transform: (list: readonly From[], place: string) => To[],
): To[] | To[][] {
  checkList(where, "input", lists);
  if (!isBatch(lists)) return transform(lists, "");
  return lists.map((list, n) => {
    checkList(where, `[${n}]`, list);
    return transform(list, `[${n}]`);
  });
}

/** Whether the first element is itself a list. An empty list is not a batch. */
export function isBatch<T>(lists: ListOrBatch<T>): lists is readonly (readonly T[])[] {
  return Array.isArray(lists[0]);
}

/** @throws TypeError unless `list` is an array. */
export function checkList(where: string, name: string, list: unknown): void {
  if (Array.isArray(list)) return;
  throw new TypeError(`${where}: ${name} must be an array, got ${show(list)}`);
}

/** @throws TypeError unless `value` can be an element of a list: a token or an id. */
export function checkElement(where: string, name: string, value: unknown): void {
  if (typeof value === "string" || typeof value === "number") return;
  throw new TypeError(`${where}: ${name} must be a string or a number, got ${show(value)}`);
}
