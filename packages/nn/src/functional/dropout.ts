import { type Generator, Tensor, uniformFill } from "@rnn/tensor";
import { gradientUse, isRecorded, recordAll } from "../autograd/record.ts";
import { Variable } from "../autograd/variable.ts";
import { checkFloat, type FloatArray } from "../dtype.ts";
import { lendFloats, takeTogether } from "../memory/buffer-pool.ts";
import {
  checkFlag,
  checkGenerator,
  checkOptions,
  checkProbability,
  type OptionNames,
} from "../options-check.ts";
import { checkTensor } from "./operand.ts";

/**
 * Options of {@link dropout}.
 *
 * @public
 */
export interface DropoutFunctionOptions {
  /** Probability of dropping an element, between 0 and 1. Default 0.5. */
  p?: number | undefined;
  /** Whether to drop at all. Default `true`. */
  training?: boolean | undefined;
  /** Source of the draws; the default generator if absent. */
  generator?: Generator | undefined;
}

const optionNames: OptionNames<DropoutFunctionOptions> = { p: true, training: true, generator: true };

/**
 * Sets each element to zero with probability `p` and divides the others by `1 - p`, so that the mean stays.
 *
 * @remarks
 * Draws one number per element, in row-major order. Gradient: `dy` under the same mask; saves the mask. Without
 * `training`, and with `p = 0`, the input comes back as it is and nothing is drawn. The operation is that of
 * `torch.nn.functional.dropout`; which elements a seed drops is not.
 * Source: Srivastava et al. 2014.
 *
 * @throws RangeError if `p` is not between 0 and 1.
 *
 * @example
 * ```ts
 * import { dropout, variable } from "@rnn/nn";
 *
 * dropout(variable([1, 2, 3]), { p: 0.5, training: false }).value.toArray(); // => [1, 2, 3]
 * ```
 *
 * @public
 */
export function dropout(x: Variable | Tensor, options: DropoutFunctionOptions = {}): Variable {
  const { p = 0.5, training = true, generator } = checkOptions("dropout", options, optionNames);
  checkProbability("dropout", "p", p);
  checkFlag("dropout", "training", training);
  checkGenerator("dropout", generator);
  const value = checkTensor("dropout", "input", x);
  checkFloat("dropout", "input", value.dtype);
  if (!training || p === 0) return x instanceof Variable ? x : new Variable(value);
  const { size, shape, dtype } = value;
  const { mask, release } = dropoutMask(value, p, generator, isRecorded([x]));
  const y = value.mul(new Tensor(mask, shape));
  const [result] = recordAll(
    "dropout",
    [x],
    [y],
    ([dy]) => {
      if (!dy) return [null];
      const { data, offset } = dy.contiguous();
      const dx = dtype === "float32" ? lendFloats(size) : new Float64Array(size);
      for (let i = 0; i < size; i++) dx[i] = data[offset + i]! * mask[i]!;
      return [new Tensor(dx, shape)];
    },
    release,
  ) as [Variable];
  return gradientUse("read", result);
}

/** `1 / (1 - p)` with probability `1 - p`, else 0, for each element of `x`. */
function dropoutMask(
  { size, dtype }: Tensor,
  p: number,
  generator: Generator | undefined,
  willReturn: boolean,
): { mask: FloatArray; release?: () => void } {
  const { parts, release } = takeTogether(willReturn, [size]);
  const draws = new Tensor(parts[0]!, [size]);
  if (p === 1) draws.data.fill(0);
  else uniformFill(draws, 0, 1, { generator });
  const mask = draws.to(dtype).data as FloatArray;
  const keep = Math.fround(1 - p);
  const scale = 1 / (1 - p);
  // ceil is 1 for a draw below `keep`, else -0: eight times as fast as a branch, which cannot be predicted
  if (p < 1) for (let i = 0; i < size; i++) mask[i] = Math.ceil(keep - mask[i]!) * scale + 0;
  return { mask, release };
}
