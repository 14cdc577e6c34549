import type { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { checkOptions } from "../options-check.ts";
import { fill, type InitOptions, type InitTarget, sizeOf } from "./target.ts";

/**
 * The same number everywhere. Equals `torch.nn.init.constant_`.
 *
 * @example
 * ```ts
 * import { init } from "@rnn/nn";
 *
 * init.constant([2], 0.3).toArray(); // => [0.3, 0.3]
 * ```
 *
 * @public
 */
export function constant(
  target: InitTarget,
  value: number,
  options: Pick<InitOptions, "dtype"> = {},
): Tensor {
  if (typeof value !== "number") {
    throw new TypeError(`init.constant: value must be a number, got ${describe(value)}`);
  }
  checkOptions("init.constant", options, { dtype: true });
  return fill(target, options, (shape) => new Float64Array(sizeOf(shape)).fill(value));
}
