import type { Tensor } from "@rnn/tensor";
import * as ops from "@rnn/tensor";
import { record } from "../autograd/record.ts";
import type { Variable } from "../autograd/variable.ts";
import { checkTensor } from "./operand.ts";

/**
 * Limits of {@link clamp}; one of them may be left out.
 *
 * @public
 */
export interface ClampOptions {
  /** Smallest result; no limit if absent. */
  min?: number | undefined;
  /** Largest result; no limit if absent. */
  max?: number | undefined;
}

/**
 * Every element, moved to the nearest limit where it lies outside `min` and `max`.
 *
 * @remarks
 * Gradient: `dy` between the limits and on them, 0 outside; saves `x`.
 *
 * @example
 * ```ts
 * import { clamp, variable } from "@rnn/nn";
 *
 * clamp(variable([-2, 0.5, 2]), { min: -1, max: 1 }).value.toArray(); // => [-1, 0.5, 1]
 * ```
 *
 * @public
 */
export function clamp(x: Variable | Tensor, options: ClampOptions): Variable {
  const value = checkTensor("clamp", "input", x);
  const y = ops.clamp(value, options);
  const { min = -Infinity, max = Infinity } = options;
  return record("clamp", [x], y, (dy) => {
    const inside = ops.logicalAnd(ops.ge(value, min), ops.le(value, max));
    return [ops.where(inside, dy, 0)];
  });
}
