import { checkOptions } from "./check-options.ts";
import {
  checkElement,
  type ListOrBatch,
  type ListTransform,
  mapLists,
  type SameNesting,
} from "./list-transform.ts";

/**
 * Options of {@link addToken}.
 *
 * @public
 */
export interface AddTokenOptions {
  /** Whether the token comes before all others, the default, or after them. */
  readonly begin?: boolean | undefined;
}

/**
 * A transform that adds a token, or its id, to lists: a mark of the beginning or the end.
 *
 * @remarks
 * Takes one list or a batch of lists and copies. As torchtext's `AddToken`.
 *
 * @throws TypeError if `token` is neither a string nor a number.
 *
 * @example
 * ```ts
 * import { addToken } from "@rnn/text";
 *
 * addToken("<bos>")(["a", "film"]); // => ["<bos>", "a", "film"]
 * addToken(3, { begin: false })([[5, 6], []]); // => [[5, 6, 3], [3]]
 * ```
 *
 * @public
 */
export function addToken(token: string, options?: AddTokenOptions): ListTransform<string, string>;
/**
 * The same for lists of ids.
 *
 * @public
 */
export function addToken(token: number, options?: AddTokenOptions): ListTransform<number, number>;
export function addToken<T extends string | number>(
  token: T,
  options: AddTokenOptions = {},
): ListTransform<T, T> {
  checkOptions("addToken", options, { begin: "boolean" });
  const { begin = true } = options;
  checkElement("addToken", "token", token);
  const add = (list: readonly T[]): T[] => (begin ? [token, ...list] : [...list, token]);
  return <Lists extends ListOrBatch<T>>(lists: Lists) =>
    mapLists<T, T>("addToken", lists, add) as SameNesting<Lists, T>;
}
