import { type ListOrBatch, type ListTransform, mapLists, type SameNesting } from "./list-transform.ts";
import { show } from "./show.ts";

const INTEGER = /^\s*[+-]?\d+\s*$/;

/**
 * A transform that reads decimal integers: ids or labels that were stored as text.
 *
 * @remarks
 * Takes one list or a batch of lists. A sign and whitespace around the digits are allowed, nothing else. As
 * torchtext's `StrToIntTransform`.
 *
 * @throws RangeError when applied, if a string is not such an integer or beyond ±(2^53 - 1).
 *
 * @example
 * ```ts
 * import { strToInt } from "@rnn/text";
 *
 * strToInt()(["1", "-20", " 3 "]); // => [1, -20, 3]
 * ```
 *
 * @public
 */
export function strToInt(): ListTransform<string, number> {
  const read = (list: readonly string[], place: string): number[] =>
    list.map((text, i) => {
      const value = typeof text === "string" && INTEGER.test(text) ? Number(text) : Number.NaN;
      if (Number.isSafeInteger(value)) return value + 0; // -0 becomes 0
      throw new RangeError(
        `strToInt: ${place}[${i}] must be the decimals of an integer of at most 53 bits, got ${show(text)}`,
      );
    });
  return <Lists extends ListOrBatch<string>>(lists: Lists) =>
    mapLists("strToInt", lists, read) as SameNesting<Lists, number>;
}
