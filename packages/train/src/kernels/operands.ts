import type { RowGradient } from "@rnn/nn";
import type { SimdKernels } from "@rnn/tensor";
import { type GradientKernels, gradientKernels } from "./update-kernels.ts";

// What kernels update and read, chunk by chunk. Addresses are in bytes, in linear memory.

/** Elements of one length, in linear memory or on the way there. */
export interface Operand {
  /** Brings elements `from` to `to` to the address `scratch`, if they are not in linear memory; returns where they are. */
  bring(floats: Float32Array, from: number, to: number, scratch: number): number;
  /** Copies back from `scratch` what was changed. */
  takeBack(floats: Float32Array, from: number, to: number, scratch: number): void;
}

/** Stands for an operand that a kernel does not need: its address is 0. */
export const nothing: Operand = { bring: () => 0, takeBack: () => {} };

/** An ordinary array. */
export class ArrayOperand implements Operand {
  readonly #array: Float32Array;
  readonly #isChanged: boolean;

  constructor(array: Float32Array, isChanged: boolean) {
    this.#array = array;
    this.#isChanged = isChanged;
  }

  bring(floats: Float32Array, from: number, to: number, scratch: number): number {
    floats.set(this.#array.subarray(from, to), scratch / 4);
    return scratch;
  }

  takeBack(floats: Float32Array, from: number, to: number, scratch: number): void {
    if (this.#isChanged) this.#array.set(floats.subarray(scratch / 4, scratch / 4 + to - from), from);
  }
}

/** A block of linear memory. */
export class BlockOperand implements Operand {
  readonly #address: number;

  constructor(address: number) {
    this.#address = address;
  }

  bring(_floats: Float32Array, from: number): number {
    return this.#address + 4 * from;
  }

  takeBack(): void {}
}

/** A gradient that consists of rows, with zeros between them; its values are in linear memory as a whole. */
export class RowOperand implements Operand {
  readonly #kernels: GradientKernels;
  readonly #width: number;
  /** For each row of the table its position in the gradient, plus 1; 0 for the others. */
  readonly #positions: number;
  readonly #values: number;

  /** @param at - where there are `bytes` bytes */
  constructor(simd: SimdKernels, { rows, values, shape }: RowGradient, at: number) {
    const [count, width] = shape;
    this.#kernels = gradientKernels(simd);
    this.#width = width;
    this.#positions = at;
    this.#values = at + 4 * count;
    const { floats } = simd.memory;
    const positions = new Int32Array(floats.buffer, at, count).fill(0);
    for (let i = 0; i < rows.length; i++) positions[rows[i]!] = i + 1;
    floats.set(values, this.#values / 4);
  }

  /** How much linear memory it takes. */
  static bytes({ shape, values }: RowGradient): number {
    return 4 * (shape[0] + values.length);
  }

  bring(_floats: Float32Array, from: number, to: number, scratch: number): number {
    this.#kernels.spreadRows(from, to, this.#width, this.#positions, this.#values, scratch);
    return scratch;
  }

  takeBack(): void {}
}
