import { checkOptions } from "./check-options.ts";
import { checkInt32, isInt32 } from "./checks.ts";
import { checkList, isBatch, type ListOrBatch } from "./list-transform.ts";
import { type PaddedBatch, padSequences } from "./pad-sequences.ts";

/**
 * Options of {@link toTypedArray}.
 *
 * @public
 */
export interface ToTypedArrayOptions {
  /** What shorter lists of a batch are filled with; without it all lists must have one length. */
  readonly padIndex?: number | undefined;
}

/**
 * A transform that makes an `Int32Array` of a list of ids, a {@link PaddedBatch} of a batch.
 *
 * @remarks
 * Shapes: one list `[L]`; a batch `[N, L]` with its lengths `[N]`. The last step of a chain of transforms, as
 * torchtext's `ToTensor`.
 *
 * @throws RangeError when applied, if an id is not a 32-bit integer, or lists differ in length and `padIndex` is
 * not given.
 *
 * @example
 * ```ts
 * import { toTypedArray } from "@rnn/text";
 *
 * toTypedArray()([4, 7]); // => [4, 7]
 * const { data, shape, lengths } = toTypedArray({ padIndex: 1 })([[4, 7], [5]]);
 * data; // => [4, 7, 5, 1]
 * shape; // => [2, 2]
 * lengths; // => [2, 1]
 * ```
 *
 * @public
 */
export function toTypedArray(
  options: ToTypedArrayOptions = {},
): <Ids extends ListOrBatch<number>>(
  ids: Ids,
) => Ids extends readonly (readonly unknown[])[] ? PaddedBatch : Int32Array {
  checkOptions("toTypedArray", options, { padIndex: "any" });
  const { padIndex } = options;
  if (padIndex !== undefined) checkInt32("toTypedArray", "padIndex", padIndex);
  return (ids) => {
    checkList("toTypedArray", "input", ids);
    if (isBatch(ids)) return batch(ids, padIndex) as never;
    checkAll(ids, "");
    return Int32Array.from(ids) as never;
  };
}

function batch(lists: readonly (readonly number[])[], padIndex: number | undefined): PaddedBatch {
  lists.forEach((list, n) => {
    checkList("toTypedArray", `[${n}]`, list);
    checkAll(list, `[${n}]`);
  });
  const length = lists[0]?.length;
  const ragged = lists.findIndex((list) => list.length !== length);
  if (padIndex === undefined && ragged !== -1) {
    throw new RangeError(
      `toTypedArray: list 0 has ${length} ids and list ${ragged} has ${lists[ragged]?.length}; pass padIndex`,
    );
  }
  return padSequences(lists, { padIndex });
}

function checkAll(ids: readonly number[], place: string): void {
  ids.forEach((id, i) => {
    if (!isInt32(id)) checkInt32("toTypedArray", `${place}[${i}]`, id);
  });
}
