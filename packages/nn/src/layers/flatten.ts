import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { describe } from "../describe.ts";
import { flatten } from "../functional/flatten.ts";
import { Module } from "../module.ts";
import { checkOptions, type OptionNames } from "../options-check.ts";

/**
 * Options of {@link Flatten}.
 *
 * @public
 */
export interface FlattenOptions {
  /** First dimension to join; negative ones count from the last. Default 1. */
  startDim?: number | undefined;
  /** Last dimension to join. Default -1. */
  endDim?: number | undefined;
}

const optionNames: OptionNames<FlattenOptions> = { startDim: true, endDim: true };

/**
 * Joins dimensions into one: by default all but the batch. Equals `torch.nn.Flatten`.
 *
 * @example
 * ```ts
 * import { Flatten, Linear, Sequential } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * const model = new Sequential([new Flatten(), new Linear({ inFeatures: 12, outFeatures: 2 })]);
 * model.forward(zeros([5, 3, 4])).shape; // => [5, 2]
 * ```
 *
 * @public
 */
export class Flatten extends Module {
  /** First dimension to join. */
  readonly startDim: number;
  /** Last dimension to join. */
  readonly endDim: number;

  constructor(options: FlattenOptions = {}) {
    super();
    const { startDim = 1, endDim = -1 } = checkOptions("Flatten", options, optionNames);
    for (const [name, dim] of Object.entries({ startDim, endDim })) {
      if (Number.isInteger(dim)) continue;
      throw new TypeError(`Flatten: ${name} must be an integer, got ${describe(dim)}`);
    }
    this.startDim = startDim;
    this.endDim = endDim;
  }

  /**
   * The same elements in fewer dimensions.
   *
   * @throws RangeError if a dimension is out of range, or `startDim` comes after `endDim`.
   */
  override forward(x: Variable | Tensor): Variable {
    return flatten(x, this.startDim, this.endDim);
  }
}
