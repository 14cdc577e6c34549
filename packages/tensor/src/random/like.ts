import { checkTensor } from "../ops/elementwise.ts";
import type { Tensor } from "../tensor.ts";
import { createRandom, drawIntegers, type RandomOptions } from "./draw.ts";
import { fillNormal, fillUniform } from "./fill.ts";

/**
 * Uniform random numbers in [0, 1) with the shape, and if not given the dtype, of another tensor; see `rand`.
 *
 * @throws TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { manualSeed, randLike, zeros } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randLike(zeros([2])).toArray(); // => [0.496257, 0.768222]
 * ```
 *
 * @public
 */
export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  checkTensor("randLike", x);
  return fillUniform("randLike", createRandom("randLike", x.shape, options, "x", x.dtype), 0, 1, options);
}

/**
 * Random numbers from the standard normal distribution with the shape, and if not given the dtype, of another tensor; see
 * `randn`.
 *
 * @throws TypeError for int32 and bool.
 *
 * @example
 * ```ts
 * import { manualSeed, randnLike, zeros } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randnLike(zeros([2])).shape; // => [2]
 * ```
 *
 * @public
 */
export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  checkTensor("randnLike", x);
  return fillNormal("randnLike", createRandom("randnLike", x.shape, options, "x", x.dtype), 0, 1, options);
}

/**
 * Random whole numbers from `low` up to, not including, `high` with the shape, and if not given the dtype, of another
 * tensor; see `randint`.
 *
 * @throws RangeError if a limit is not a safe integer, `low` is not below `high`, or they do not fit the dtype; TypeError for
 * bool.
 *
 * @example
 * ```ts
 * import { manualSeed, randintLike, zeros } from "@rnn/tensor";
 *
 * manualSeed(0);
 * randintLike(zeros([5]), 0, 10).toArray(); // => [4, 9, 3, 0, 3]
 * ```
 *
 * @public
 */
export function randintLike(x: Tensor, low: number, high: number, options: RandomOptions = {}): Tensor {
  checkTensor("randintLike", x);
  return drawIntegers("randintLike", low, high, x.shape, options, x.dtype);
}
