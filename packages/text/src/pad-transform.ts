import { checkOptions } from "./check-options.ts";
import { checkInteger, checkSize } from "./checks.ts";
import {
  checkElement,
  type ListOrBatch,
  type ListTransform,
  mapLists,
  type SameNesting,
} from "./list-transform.ts";
import { checkSides, type RowSides } from "./row.ts";

/**
 * A transform that fills lists up to `maxLength`.
 *
 * @remarks
 * Takes one list or a batch of lists and copies; longer lists stay as they are, so {@link truncate} them before.
 * Padding goes to the end unless `paddingSide` is `"left"`. As torchtext's `PadTransform`. To pad a batch to the
 * length of its longest list, use {@link toTypedArray} or {@link padSequences}.
 *
 * @throws RangeError if `maxLength` is not a non-negative integer.
 * @throws TypeError if `padValue` is neither a string nor a number.
 *
 * @example
 * ```ts
 * import { padTransform } from "@rnn/text";
 *
 * padTransform(4, 0)([7, 8]); // => [7, 8, 0, 0]
 * padTransform(2, "<pad>")([["a"], ["a", "good", "film"]]); // => [["a", "<pad>"], ["a", "good", "film"]]
 * ```
 *
 * @public
 */
export function padTransform(
  maxLength: number,
  padValue: number,
  options?: Pick<RowSides, "paddingSide">,
): ListTransform<number, number>;
/**
 * The same for lists of tokens.
 *
 * @public
 */
export function padTransform(
  maxLength: number,
  padValue: string,
  options?: Pick<RowSides, "paddingSide">,
): ListTransform<string, string>;
export function padTransform<T extends string | number>(
  maxLength: number,
  padValue: T,
  options: Pick<RowSides, "paddingSide"> = {},
): ListTransform<T, T> {
  checkOptions("padTransform", options, { paddingSide: "any" });
  const { paddingSide = "right" } = options;
  checkInteger("padTransform", "maxLength", maxLength, 0);
  checkSize("padTransform", maxLength);
  checkSides("padTransform", { paddingSide });
  checkElement("padTransform", "padValue", padValue);
  const pad = (list: readonly T[]): T[] => {
    const padding = new Array<T>(Math.max(0, maxLength - list.length)).fill(padValue);
    return paddingSide === "left" ? [...padding, ...list] : [...list, ...padding];
  };
  return <Lists extends ListOrBatch<T>>(lists: Lists) =>
    mapLists<T, T>("padTransform", lists, pad) as SameNesting<Lists, T>;
}
