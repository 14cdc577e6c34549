import { type FloatArray, zerosLike } from "../float-data.ts";
import type { Resolved } from "./parameter-groups.ts";

/**
 * What one optimizer adds to the shared machinery of {@link RuleOptimizer}.
 *
 * @public
 */
export interface UpdateRule<Options> {
  /** Class name, for error messages and saved states. */
  readonly name: string;
  /** Every option with its default; names outside this list are refused. */
  readonly defaults: Resolved<Options>;
  /** Names of the per-parameter buffers it may ask for, in PyTorch's spelling: they are keys of saved states. */
  readonly buffers: readonly string[];
  /** Names of the single numbers it may remember about a parameter. Default none. */
  readonly scalars?: readonly string[] | undefined;
  /**
   * Whether elements whose gradient is zero stay as they are and nothing is remembered about them, so that `update` may be
   * called for some rows of a table alone. Default no.
   */
  skipsZeros?(options: Resolved<Options>): boolean;
  /** Throws if an option is out of range; `where` opens the message. */
  check(where: string, options: Resolved<Options>): void;
  /**
   * Updates one parameter in place.
   *
   * @param values - the parameter, row-major
   * @param gradient - its gradient, of the same length; not to be written
   * @param state - what is remembered about this parameter; `state.steps` already counts this update
   * @param options - the options of the parameter's group
   */
  update(values: FloatArray, gradient: FloatArray, state: ParameterState, options: Resolved<Options>): void;
}

/**
 * What an optimizer remembers about one parameter.
 *
 * @public
 */
export class ParameterState {
  /** Number of updates, the running one included. Steps without a gradient do not count. */
  steps = 0;
  /** Buffers by name, each of the parameter's length, and scalars of length 1. */
  readonly buffers: Map<string, FloatArray> = new Map();
  /** The parameter's elements, row-major: its own memory. */
  readonly values: FloatArray;

  constructor(values: FloatArray) {
    this.values = values;
  }

  /** The buffer of that name; made on first use with every element `initial`. */
  buffer(name: string, initial = 0): FloatArray {
    let buffer = this.buffers.get(name);
    if (buffer === undefined) {
      buffer = zerosLike(this.values).fill(initial);
      this.buffers.set(name, buffer);
    }
    return buffer;
  }

  /** The number of that name, as the one element of a float64 array; made on first use. */
  scalar(name: string, initial: number): Float64Array {
    let scalar = this.buffers.get(name);
    if (scalar === undefined) {
      scalar = Float64Array.of(initial);
      this.buffers.set(name, scalar);
    }
    return scalar as Float64Array;
  }
}
