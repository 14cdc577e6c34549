import { ShapeError, type Tensor } from "@rnn/tensor";
import { type Variable, variable } from "../../autograd/variable.ts";
import { checkTensor } from "../../functional/operand.ts";
import { transpose } from "../../functional/transpose.ts";
import { checkLengths, type Lengths } from "../../lengths.ts";
import { checkOptions, type OptionNames } from "../../options-check.ts";
import { printShape } from "../../shape.ts";
import { takeSteps } from "./packed-rows.ts";
import { PackedSequence } from "./packed-sequence.ts";
import { checkSequences, padSequence } from "./pad.ts";

/**
 * Options of {@link packSequence}.
 *
 * @public
 */
export interface PackOptions {
  /** Whether sequences must come longest first; with `false` they are sorted and the order is kept. Default `true`. */
  enforceSorted?: boolean | undefined;
}

const packOptionNames: OptionNames<PackOptions> = { enforceSorted: true };

/**
 * Options of {@link packPaddedSequence}.
 *
 * @public
 */
export interface PackPaddedOptions extends PackOptions {
  /** Whether the input is `[N, L, ...]` rather than `[L, N, ...]`. Default `false`. */
  batchFirst?: boolean | undefined;
}

const packPaddedOptionNames: OptionNames<PackPaddedOptions> = { ...packOptionNames, batchFirst: true };

/**
 * Packs sequences of different lengths.
 *
 * @remarks
 * Shapes: sequences `[length, ...]`; data `[T, ...]`, T the sum of all lengths. As `torch.nn.utils.rnn.pack_sequence`.
 *
 * @throws RangeError if there are no sequences, one is empty, or they are not sorted and `enforceSorted` is not `false`.
 * @throws {@link @rnn/tensor#ShapeError} if they differ in more than their lengths.
 *
 * @example
 * ```ts
 * import { GRU, packSequence } from "@rnn/nn";
 * import { randn } from "@rnn/tensor";
 *
 * const gru = new GRU({ inputSize: 4, hiddenSize: 8 });
 * const packed = packSequence([randn([2, 4]), randn([5, 4])], { enforceSorted: false });
 * const { output, state } = gru.forward(packed);
 * output.data.shape; // => [7, 8]
 * state.h.shape; // => [1, 2, 8]
 * ```
 *
 * @public
 */
export function packSequence(
  sequences: readonly (Variable | Tensor)[],
  options: PackOptions = {},
): PackedSequence {
  const { enforceSorted = true } = checkOptions("packSequence", options, packOptionNames);
  checkSequences("packSequence", sequences);
  const lengths = sequences.map(({ shape }) => shape[0]!);
  return pack("packSequence", padSequence(sequences), lengths, enforceSorted);
}

/**
 * Packs a padded batch: what stands past the end of each row is left out.
 *
 * @remarks
 * Shapes: input `[L, N, ...]`; data `[T, ...]`, T the sum of all lengths. As
 * `torch.nn.utils.rnn.pack_padded_sequence`; rows of equal length keep their order.
 *
 * @param input - the padded batch
 * @param lengths - the length of each row, at least 1
 *
 * @throws RangeError if a length is out of its range, or they are not sorted and `enforceSorted` is not `false`.
 * @throws {@link @rnn/tensor#ShapeError} if there is not one length per row.
 *
 * @example
 * ```ts
 * import { packPaddedSequence } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 *
 * const batch = tensor([[1, 2, 0], [3, 0, 0], [4, 5, 6]]);
 * const packed = packPaddedSequence(batch, [2, 1, 3], { batchFirst: true, enforceSorted: false });
 * packed.data.value.toArray(); // => [4, 1, 3, 5, 2, 6]
 * [...packed.batchSizes]; // => [3, 2, 1]
 * packed.sortedIndices; // => [2, 0, 1]
 * ```
 *
 * @public
 */
export function packPaddedSequence(
  input: Variable | Tensor,
  lengths: Lengths,
  options: PackPaddedOptions = {},
): PackedSequence {
  const { batchFirst = false, enforceSorted = true } = checkOptions(
    "packPaddedSequence",
    options,
    packPaddedOptionNames,
  );
  checkTensor("packPaddedSequence", "input", input);
  const x = variable(input);
  if (x.ndim < 2) {
    const names = batchFirst ? "[N, L, ...]" : "[L, N, ...]";
    throw new ShapeError(`packPaddedSequence: input must be ${names}, got shape ${printShape(x.shape)}`);
  }
  const [steps, batch] = [x.shape[batchFirst ? 1 : 0]!, x.shape[batchFirst ? 0 : 1]!];
  checkLengths("packPaddedSequence", lengths, steps, batch, x.shape);
  return pack("packPaddedSequence", batchFirst ? transpose(x, 0, 1) : x, lengths, enforceSorted);
}

function pack(where: string, x: Variable, lengths: Lengths, enforceSorted: boolean): PackedSequence {
  lengths.forEach((length, n) => {
    if (length === 0) {
      throw new RangeError(
        `${where}: sequence ${n} has length 0, and a packed one has at least one step; ` +
          "leave it out, or pass lengths to the layer instead of packing",
      );
    }
    if (enforceSorted && n > 0 && length > lengths[n - 1]!) {
      throw new RangeError(
        `${where}: sequence ${n} has length ${length}, but the one before has ${lengths[n - 1]!}; ` +
          "put the longest first, or pass enforceSorted: false",
      );
    }
  });
  const longest = Math.max(0, ...lengths);
  const batchSizes = new Int32Array(longest);
  for (const length of lengths) for (let t = 0; t < length; t++) batchSizes[t]!++;
  if (enforceSorted) return new PackedSequence(takeSteps(x, batchSizes, null), batchSizes);
  const sorted = Int32Array.from(lengths.keys()).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  return new PackedSequence(takeSteps(x, batchSizes, sorted), batchSizes, sorted);
}
