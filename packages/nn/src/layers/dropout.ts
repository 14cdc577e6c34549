import type { Generator, Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import { dropout } from "../functional/dropout.ts";
import { Module } from "../module.ts";
import { checkGenerator, checkOptions, checkProbability, type OptionNames } from "../options-check.ts";

/**
 * Options of {@link Dropout}.
 *
 * @public
 */
export interface DropoutOptions {
  /** Probability of dropping an element, between 0 and 1. Default 0.5. */
  p?: number | undefined;
  /** Source of the draws. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

const optionNames: OptionNames<DropoutOptions> = { p: true, generator: true };

/**
 * In training, sets elements to zero at random and scales the others up; in evaluation, does nothing.
 *
 * @remarks
 * Each element is dropped with probability `p`; those that stay are divided by `1 - p`. The operation is that of
 * `torch.nn.Dropout`; which elements a seed drops is not.
 * Source: Srivastava et al. 2014.
 *
 * @throws RangeError if `p` is not between 0 and 1.
 * @throws TypeError for an unknown option, or a `generator` that is none.
 *
 * @example
 * ```ts
 * import { Dropout } from "@rnn/nn";
 * import { ones } from "@rnn/tensor";
 *
 * const layer = new Dropout({ p: 0.5 }).eval();
 * layer.forward(ones([3])).value.toArray(); // => [1, 1, 1]
 * ```
 *
 * @public
 */
export class Dropout extends Module {
  /** Probability of dropping an element. */
  readonly p: number;
  readonly #generator: Generator | undefined;

  constructor(options: DropoutOptions = {}) {
    super();
    const { p = 0.5, generator } = checkOptions("Dropout", options, optionNames);
    checkProbability("Dropout", "p", p);
    checkGenerator("Dropout", generator);
    this.p = p;
    this.#generator = generator;
  }

  /** Drops elements of `x` in training; returns the same values in evaluation. */
  override forward(x: Variable | Tensor): Variable {
    return dropout(x, { p: this.p, training: this.training, generator: this.#generator });
  }
}
