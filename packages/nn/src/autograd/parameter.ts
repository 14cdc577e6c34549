import type { Tensor } from "@rnn/tensor";
import { nextChange } from "./changes.ts";
import { Variable, type VariableOptions } from "./variable.ts";

/**
 * A variable that training changes: it requires a gradient, and a {@link Module} gives it a name.
 *
 * @example
 * ```ts
 * import { Parameter } from "@rnn/nn";
 * import { zeros } from "@rnn/tensor";
 *
 * new Parameter(zeros([2, 3])).requiresGrad; // => true
 * ```
 *
 * @public
 */
export class Parameter extends Variable {
  /** Its key in the state dict of the outermost module that holds it; empty before registration. */
  name = "";
  /** The row that optimizers leave as it is, whatever their weight decay: the padding row of a table; `null` if none. */
  fixedRow: number | null = null;
  /**
   * The number of its last change.
   *
   * @internal
   */
  _changedAt = 0;

  /** @param value - the initial value, float32 or float64; it is used as it is, not copied */
  constructor(value: Tensor, options: VariableOptions = {}) {
    super(value, { requiresGrad: options.requiresGrad ?? true });
  }

  /**
   * Says that its value was written to, so that `backward()` refuses a graph recorded before whose gradients would be wrong.
   *
   * Optimizers, `loadStateDict`, `ExponentialMovingAverage.swap` and initialisers do this; so should code of yours that
   * writes into `value.data` between forward and backward.
   */
  markChanged(): void {
    this._changedAt = nextChange();
  }
}
