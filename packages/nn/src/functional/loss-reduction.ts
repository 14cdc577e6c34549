import { Tensor } from "@rnn/tensor";
import { floats } from "../dtype.ts";
import type { OptionNames } from "../options-check.ts";

/**
 * What a loss makes of its terms: their mean, their sum, or all of them.
 *
 * @public
 */
export type Reduction = "mean" | "sum" | "none";

/**
 * Options of losses that only reduce.
 *
 * @public
 */
export interface LossOptions {
  /** What becomes of the terms. Default `"mean"`. */
  reduction?: Reduction | undefined;
}

/** The names of {@link LossOptions}. */
export const lossOptionNames: OptionNames<LossOptions> = { reduction: true };

/** How the terms of a loss become its value, and how a gradient comes back to a term. */
export interface Reducer {
  /** The loss: a scalar, or the terms in `shape`. */
  value(terms: Float64Array): Tensor;
  /** The gradient that reaches each term, given that of the loss. */
  gradient(dy: Tensor): (term: number) => number;
}

/**
 * Makes a {@link Reducer}.
 *
 * @param where - the loss, which starts error messages
 * @param like - dtype of the loss, and its shape with reduction `"none"`
 * @param divisor - what `"mean"` divides the sum by
 */
export function reducer(
  where: string,
  reduction: string,
  like: { readonly dtype: Tensor["dtype"]; readonly shape: readonly number[] },
  divisor: number,
): Reducer {
  if (reduction !== "mean" && reduction !== "sum" && reduction !== "none") {
    throw new RangeError(
      `${where}: reduction must be "mean", "sum" or "none", got ${JSON.stringify(reduction)}`,
    );
  }
  const scale = reduction === "mean" ? 1 / divisor : 1;
  return {
    value(terms) {
      const isEach = reduction === "none";
      const loss = new Tensor(floats(like.dtype, isEach ? terms.length : 1), isEach ? like.shape : []);
      if (isEach) {
        loss.data.set(terms);
      } else {
        let total = 0;
        for (let i = 0; i < terms.length; i++) total += terms[i]!;
        loss.data[0] = reduction === "mean" ? total / divisor : total;
      }
      return loss;
    },
    gradient(dy) {
      const { data, offset } = dy.contiguous();
      if (reduction === "none") return (term) => data[offset + term]!;
      const each = data[offset]! * scale;
      return () => each;
    },
  };
}
