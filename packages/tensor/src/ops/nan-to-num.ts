import { isFloat } from "../dtype.ts";
import { checkOptions, type OptionKinds } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { checkTensor, unary } from "./elementwise.ts";

/**
 * Options of {@link nanToNum}.
 *
 * @public
 */
export interface NanToNumOptions {
  /** What NaN becomes; 0 if absent. */
  readonly nan?: number | undefined;
  /** What Infinity becomes; the largest number of the dtype if absent. */
  readonly posinf?: number | undefined;
  /** What -Infinity becomes; the smallest number of the dtype if absent. */
  readonly neginf?: number | undefined;
}

const nanToNumKinds: OptionKinds<NanToNumOptions> = { nan: "number", posinf: "number", neginf: "number" };

/** The largest float32. */
const largestSingle = (2 - 2 ** -23) * 2 ** 127;

/**
 * A copy with NaN and the infinities replaced by numbers.
 *
 * @remarks
 * The shape and dtype stay; int32 and bool have nothing to replace.
 *
 * @example
 * ```ts
 * import { nanToNum, tensor } from "@rnn/tensor";
 *
 * nanToNum(tensor([NaN, 1, -Infinity]), { neginf: -9 }).toArray(); // => [0, 1, -9]
 * ```
 *
 * @public
 */
export function nanToNum(x: Tensor, options: NanToNumOptions = {}): Tensor {
  checkTensor("nanToNum", x);
  checkOptions("nanToNum", options, nanToNumKinds);
  if (!isFloat(x.dtype)) return x.clone();
  const largest = x.dtype === "float32" ? largestSingle : Number.MAX_VALUE;
  const { nan = 0, posinf = largest, neginf = -largest } = options;
  return unary(
    {
      name: "nanToNum",
      result: "same",
      loop(n, a, ao, as, out, oo) {
        for (let i = 0; i < n; i++, ao += as) {
          const value = a[ao]!;
          out[oo + i] = Number.isFinite(value) ? value : value > 0 ? posinf : value < 0 ? neginf : nan;
        }
      },
    },
    x,
  );
}
