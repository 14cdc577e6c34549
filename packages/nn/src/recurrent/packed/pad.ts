import { ShapeError, type Tensor } from "@rnn/tensor";
import type { Variable } from "../../autograd/variable.ts";
import { describe } from "../../describe.ts";
import { cat } from "../../functional/cat.ts";
import { checkTensors } from "../../functional/operand.ts";
import { checkOptions, type OptionNames } from "../../options-check.ts";
import { printShape, sameShape } from "../../shape.ts";
import { takePadded } from "./packed-rows.ts";
import { lengthsOf, PackedSequence, rowsOfSteps } from "./packed-sequence.ts";

/**
 * Options of {@link padSequence}.
 *
 * @public
 */
export interface PadOptions {
  /** Whether the result is `[N, L, ...]` rather than `[L, N, ...]`. Default `false`. */
  batchFirst?: boolean | undefined;
  /** What stands past the end of a row. Default 0. */
  paddingValue?: number | undefined;
}

const padOptionNames: OptionNames<PadOptions> = { batchFirst: true, paddingValue: true };

/**
 * Options of {@link padPackedSequence}.
 *
 * @public
 */
export interface PadPackedOptions extends PadOptions {
  /** Number of steps of the result, at least the longest length. Default: the longest length. */
  totalLength?: number | undefined;
}

const padPackedOptionNames: OptionNames<PadPackedOptions> = { ...padOptionNames, totalLength: true };

/**
 * One batch of sequences of different lengths, the shorter ones filled up at the end.
 *
 * @remarks
 * Shapes: sequences `[length, ...]`; result `[L, N, ...]`, L the greatest length. Gradient: to each sequence its own
 * steps. As `torch.nn.utils.rnn.pad_sequence`.
 *
 * @throws RangeError if there are no sequences.
 * @throws {@link @rnn/tensor#ShapeError} if they differ in more than their lengths.
 *
 * @example
 * ```ts
 * import { padSequence } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const batch = padSequence([tensor([1, 2, 3]), tensor([4])], { batchFirst: true });
 * batch.value.toArray(); // => [[1, 2, 3], [4, 0, 0]]
 * ```
 *
 * @public
 */
export function padSequence(sequences: readonly (Variable | Tensor)[], options: PadOptions = {}): Variable {
  const { batchFirst = false, paddingValue = 0 } = checkOptions("padSequence", options, padOptionNames);
  checkSequences("padSequence", sequences);
  const lengths = sequences.map(({ shape }) => shape[0]!);
  const [L, N] = [Math.max(...lengths), sequences.length];
  const rows = new Int32Array(L * N).fill(-1);
  let first = 0;
  lengths.forEach((length, n) => {
    for (let t = 0; t < length; t++) rows[batchFirst ? n * L + t : t * N + n] = first + t;
    first += length;
  });
  return takePadded(cat(sequences, 0), rows, paddingValue, batchFirst ? [N, L] : [L, N]);
}

/**
 * A packed sequence as a padded batch, and the length of each row: undoes {@link packPaddedSequence}.
 *
 * @remarks
 * Shapes: data `[T, ...]`; output `[L, N, ...]`, rows in the order they were packed in. As
 * `torch.nn.utils.rnn.pad_packed_sequence`.
 *
 * @throws RangeError if `totalLength` is shorter than the longest row.
 * @throws TypeError if `packed` is not a packed sequence.
 *
 * @example
 * ```ts
 * import { packPaddedSequence, padPackedSequence } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const batch = tensor([[1, 2, 0], [3, 0, 0], [4, 5, 6]]);
 * const packed = packPaddedSequence(batch, [2, 1, 3], { batchFirst: true, enforceSorted: false });
 * const { output, lengths } = padPackedSequence(packed, { batchFirst: true });
 * output.value.toArray(); // => [[1, 2, 0], [3, 0, 0], [4, 5, 6]]
 * [...lengths]; // => [2, 1, 3]
 * ```
 *
 * @public
 */
export function padPackedSequence(
  packed: PackedSequence,
  options: PadPackedOptions = {},
): { output: Variable; lengths: Int32Array } {
  if (!(packed instanceof PackedSequence)) {
    throw new TypeError(`padPackedSequence: packed must be a PackedSequence, got ${describe(packed)}`);
  }
  const {
    batchFirst = false,
    paddingValue = 0,
    totalLength,
  } = checkOptions("padPackedSequence", options, padPackedOptionNames);
  const longest = packed.batchSizes.length;
  const L = totalLength ?? longest;
  if (!Number.isInteger(L) || L < longest) {
    throw new RangeError(
      `padPackedSequence: totalLength must be an integer of at least ${longest}, the longest length, got ${L}`,
    );
  }
  const lengths = lengthsOf(packed);
  const N = lengths.length;
  const rows = rowsOfSteps(packed, L, batchFirst);
  return { output: takePadded(packed.data, rows, paddingValue, batchFirst ? [N, L] : [L, N]), lengths };
}

/** Throws unless all sequences are `[length, ...]` with the same shape after the length. */
export function checkSequences(where: string, sequences: readonly (Variable | Tensor)[]): void {
  checkTensors(where, "sequences", sequences);
  if (sequences.length === 0) throw new RangeError(`${where}: there are no sequences`);
  const [first] = sequences as [Variable | Tensor];
  sequences.forEach(({ shape }, n) => {
    if (shape.length === 0)
      throw new ShapeError(`${where}: sequences[${n}] has no time dimension (shape [])`);
    if (sameShape(shape.slice(1), first.shape.slice(1))) return;
    throw new ShapeError(
      `${where}: sequences[${n}] has shape ${printShape(shape)}, but sequences[0] has ${printShape(first.shape)}; ` +
        "they may differ in the first dimension only",
    );
  });
}
