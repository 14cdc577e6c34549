import { checkOptions } from "./check-options.ts";
import { checkInteger } from "./checks.ts";
import { type ListOrBatch, mapLists } from "./list-transform.ts";
import { checkSides, type RowSides } from "./row.ts";

/**
 * A transform that cuts lists of tokens or ids to `maxLength`.
 *
 * @remarks
 * Takes one list or a batch of lists and copies; shorter lists stay as they are. The first elements stay unless
 * `truncationSide` is `"left"`. As torchtext's `Truncate`.
 *
 * @throws RangeError if `maxLength` is not a non-negative integer.
 *
 * @example
 * ```ts
 * import { truncate } from "@rnn/text";
 *
 * truncate(2)(["a", "good", "film"]); // => ["a", "good"]
 * truncate(2)([[1, 2, 3], [4]]); // => [[1, 2], [4]]
 * truncate(2, { truncationSide: "left" })([1, 2, 3]); // => [2, 3]
 * ```
 *
 * @public
 */
export function truncate<T = unknown>(
  maxLength: number,
  options: Pick<RowSides, "truncationSide"> = {},
): <Lists extends ListOrBatch<T>>(lists: Lists) => Lists {
  checkOptions("truncate", options, { truncationSide: "any" });
  const { truncationSide = "right" } = options;
  checkInteger("truncate", "maxLength", maxLength, 0);
  checkSides("truncate", { truncationSide });
  const cut = (list: readonly T[]): T[] =>
    truncationSide === "right" ? list.slice(0, maxLength) : list.slice(Math.max(0, list.length - maxLength));
  return <Lists extends ListOrBatch<T>>(lists: Lists) =>
    mapLists<T, T>("truncate", lists, cut) as unknown as Lists;
}
