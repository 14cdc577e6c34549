import type { RowGradient } from "@rnn/nn";
import type { SimdKernels } from "@rnn/tensor";
import { type FloatArray, zerosLike } from "../float-data.ts";
import { ResidentBuffers } from "../kernels/resident-buffers.ts";
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
   * called for some rows of a table only. Default: no.
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

/** A rule with SIMD kernels. */
export interface KernelRule<Options> extends UpdateRule<Options> {
  /**
   * Does what `update` does, bit for bit, in linear memory; also by a gradient that consists of rows.
   *
   * @returns false, and nothing is changed, where `update` is to do it
   */
  updateInMemory(
    values: FloatArray,
    gradient: FloatArray | RowGradient,
    state: ParameterState,
    options: Resolved<Options>,
  ): boolean;
}

/**
 * What an optimizer remembers about one parameter.
 *
 * @public
 */
export class ParameterState {
  /** Number of updates, the running one included. Steps without a gradient do not count. */
  steps = 0;
  /** The parameter's elements, row-major: its own memory. */
  readonly values: FloatArray;
  readonly #arrays = new Map<string, FloatArray>();
  readonly #resident: ResidentBuffers;

  constructor(values: FloatArray) {
    this.values = values;
    this.#resident = new ResidentBuffers(values.length);
  }

  /** Buffers by name, each of the parameter's length, and scalars of length 1. */
  get buffers(): Map<string, FloatArray> {
    this.#resident.moveTo(this.#arrays);
    return this.#arrays;
  }

  /** Whether there is a buffer or scalar of that name. */
  has(name: string): boolean {
    return this.#arrays.has(name) || this.#resident.has(name);
  }

  /** The buffer of that name; made on first use with every element `initial`. */
  buffer(name: string, initial = 0): FloatArray {
    const { buffers } = this;
    let buffer = buffers.get(name);
    if (buffer === undefined) {
      buffer = zerosLike(this.values).fill(initial);
      buffers.set(name, buffer);
    }
    return buffer;
  }

  /** The number of that name, as the one element of a float64 array; made on first use. */
  scalar(name: string, initial: number): Float64Array {
    const { buffers } = this;
    let scalar = buffers.get(name);
    if (scalar === undefined) {
      scalar = Float64Array.of(initial);
      buffers.set(name, scalar);
    }
    return scalar as Float64Array;
  }

  /**
   * Moves a float32 buffer to linear memory, where it stays until somebody asks for an array, and returns its address; 0 if it
   * stays an array.
   *
   * @internal
   */
  _residentAddress(simd: SimdKernels, name: string): number {
    const array = this.#arrays.get(name);
    const address = this.#resident.address(simd, name, array as Float32Array | undefined);
    if (address !== 0) this.#arrays.delete(name);
    return address;
  }
}
