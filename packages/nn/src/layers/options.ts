import type { Generator } from "@rnn/tensor";
import type { FloatDType } from "../dtype.ts";
import { checkGenerator, type OptionNames } from "../options-check.ts";

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

/** The names of {@link ParameterOptions}. */
export const parameterOptionNames: OptionNames<ParameterOptions> = { dtype: true, generator: true };

/** Throws unless parameters can have this type and be drawn from this generator. */
export function checkParameterOptions(where: string, dtype: string, generator: Generator | undefined): void {
  if (dtype !== "float32" && dtype !== "float64") {
    throw new TypeError(`${where}: dtype must be "float32" or "float64", got ${JSON.stringify(dtype)}`);
  }
  checkGenerator(where, generator);
}
