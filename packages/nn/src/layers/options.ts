import type { Generator } from "@rnn/tensor";
import type { FloatDType } from "../dtype.ts";

/**
 * Options of every layer with parameters.
 *
 * @public
 */
export interface ParameterOptions {
  /** Type of the parameters, and so of the inputs. Default `"float32"`. */
  dtype?: FloatDType | undefined;
  /** Source of the initial values. Default: the generator that `manualSeed` seeds. */
  generator?: Generator | undefined;
}

/** Throws unless `value` is 1, 2, 3, … */
export function checkPositive(where: string, name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new RangeError(`${where}: ${name} must be a positive integer, got ${value}`);
}

/** Throws unless parameters can have this type. */
export function checkParameterDType(where: string, dtype: string): void {
  if (dtype === "float32" || dtype === "float64") return;
  throw new TypeError(`${where}: dtype must be "float32" or "float64", got ${JSON.stringify(dtype)}`);
}
