import { checkOptions } from "./check-options.ts";
import { checkIds, checkInt32, checkInteger, checkSize, isInt32 } from "./checks.ts";
import { checkSides, fillRow, type RowSides } from "./row.ts";
import { show } from "./show.ts";

/**
 * Options of {@link padSequences}.
 *
 * @public
 */
export interface PadSequencesOptions extends RowSides {
  /** What empty places are filled with, 0 by default. */
  readonly padIndex?: number | undefined;
  /** Longer lists are truncated to this length. */
  readonly maxLength?: number | undefined;
}

/**
 * Lists of ids as one block.
 *
 * @public
 */
export interface PaddedBatch {
  /** Row-major `[N, L]`; row `n` starts at `n * L`. */
  readonly data: Int32Array;
  /** `[N, L]`: how many lists, and the length of the longest after truncation. */
  readonly shape: readonly [number, number];
  /** `[N]`: how many ids of each row are not padding. */
  readonly lengths: Int32Array;
}

/**
 * Pads lists of ids to the length of the longest, and truncates to `maxLength` before if it is given.
 *
 * @remarks
 * Shapes: `sequences` `[N]` lists of any length, also 0; `data` `[N, L]`, `lengths` `[N]`.
 * As `torch.nn.utils.rnn.pad_sequence` with `batch_first=True`.
 *
 * @throws TypeError if `sequences` is not an array of arrays.
 * @throws RangeError if an id or `padIndex` is not a 32-bit integer, or `maxLength` not a non-negative one.
 *
 * @example
 * ```ts
 * import { padSequences } from "@rnn/text";
 *
 * const { data, shape, lengths } = padSequences([[4, 7, 2], [5], []], { padIndex: 1, maxLength: 2 });
 * shape; // => [3, 2]
 * data; // => [4, 7, 5, 1, 1, 1]
 * lengths; // => [2, 1, 0]
 * ```
 *
 * @public
 */
export function padSequences(
  sequences: readonly ArrayLike<number>[],
  options: PadSequencesOptions = {},
): PaddedBatch {
  checkOptions("padSequences", options, {
    padIndex: "any",
    maxLength: "any",
    paddingSide: "any",
    truncationSide: "any",
  });
  const { padIndex = 0, maxLength, paddingSide = "right", truncationSide = "right" } = options;
  checkInt32("padSequences", "padIndex", padIndex);
  if (maxLength !== undefined) checkInteger("padSequences", "maxLength", maxLength, 0);
  checkSides("padSequences", { paddingSide, truncationSide });
  checkSequences(sequences);
  const lengths = Int32Array.from(sequences, ({ length }) => Math.min(length, maxLength ?? length));
  const rowLength = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  checkSize("padSequences", sequences.length * rowLength);
  const data = new Int32Array(sequences.length * rowLength);
  sequences.forEach((ids, n) => {
    const row = data.subarray(n * rowLength, (n + 1) * rowLength);
    fillRow(row, ids, padIndex, { paddingSide, truncationSide });
  });
  return { data, shape: [sequences.length, rowLength], lengths };
}

function checkSequences(sequences: readonly ArrayLike<number>[]): void {
  if (!Array.isArray(sequences)) {
    throw new TypeError(`padSequences: sequences must be an array of id lists, got ${show(sequences)}`);
  }
  sequences.forEach((ids, n) => {
    checkIds("padSequences", `sequences[${n}]`, ids);
    if (ids instanceof Int32Array) return;
    for (let i = 0; i < ids.length; i++) {
      if (!isInt32(ids[i])) checkInt32("padSequences", `sequences[${n}][${i}]`, ids[i]);
    }
  });
}
