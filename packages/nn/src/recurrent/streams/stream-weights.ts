import type { SimdKernels } from "@rnn/tensor";
import type { Variable } from "../../autograd/variable.ts";
import { blockBytes } from "../../kernels/memory-blocks.ts";
import { floats32Of } from "../../memory/float-data.ts";
import { allocateFor } from "./stream-memory.ts";

// Weights that stay in linear memory from step to step. Bringing them there takes longer than a step of one row.

/** Some rows of a weight W `[n, k]`, in the order in which products with Wᵀ read them. */
export class StreamOperand {
  readonly n: number;
  readonly k: number;
  readonly #weight: Variable;
  readonly #from: number;
  address = 0;

  constructor(weight: Variable, from: number, to: number) {
    this.n = to - from;
    this.k = weight.shape[1]!;
    this.#weight = weight;
    this.#from = from;
  }

  bytes({ exports }: SimdKernels): number {
    return blockBytes(exports.gemmPackedBytes(this.n, this.k) / 4);
  }

  pack({ exports, memory }: SimdKernels, scratch: number): void {
    const { n, k } = this;
    const first = this.#from * k;
    memory.floats.set(floats32Of(this.#weight.value).subarray(first, first + n * k), scratch / 4);
    exports.gemmPack(n, k, scratch, 4, 4 * k, this.address);
  }

  /** `c[rows, n] += a[rows, k] Wᵀ`, or `=` without `accumulate`; rows of c are `cRow` numbers apart. */
  multiply(
    { exports }: SimdKernels,
    rows: number,
    a: number,
    c: number,
    cRow: number,
    accumulate: boolean,
    scratch: number,
  ): void {
    exports.gemmPacked(
      rows,
      this.n,
      this.k,
      a,
      4 * this.k,
      4,
      this.address,
      c,
      4 * cRow,
      accumulate,
      scratch,
    );
  }
}

/** What a row of sums starts from: biases, or zeros. */
export class StreamBias {
  readonly length: number;
  /** Writes the row into zeros. */
  readonly #write: (row: Float32Array) => void;
  address = 0;

  constructor(length: number, write: (row: Float32Array) => void) {
    this.length = length;
    this.#write = write;
  }

  bytes(): number {
    return blockBytes(this.length);
  }

  pack({ memory }: SimdKernels): void {
    const row = memory.floats.subarray(this.address / 4, this.address / 4 + this.length);
    this.#write(row.fill(0));
  }

  /** Copies the row into each of `rows` rows. */
  fill({ memory }: SimdKernels, rows: number, to: number): void {
    const start = this.address / 4;
    for (let row = 0; row < rows; row++) {
      memory.floats.copyWithin(to / 4 + row * this.length, start, start + this.length);
    }
  }
}

/** The weights of all layers of a stream. */
export class StreamWeights {
  readonly #operands: StreamOperand[] = [];
  readonly #biases: StreamBias[] = [];
  readonly #sources: Variable[] = [];
  /** A few elements of each source, as they were when the weights were packed. */
  #samples: Sample[] | null = null;
  #address: number | undefined;

  /** Declares rows `from` to `to` of a weight, all of them by default. */
  operand(weight: Variable, from = 0, to: number = weight.shape[0]!): StreamOperand {
    const operand = new StreamOperand(weight, from, to);
    this.#operands.push(operand);
    this.#sources.push(weight);
    return operand;
  }

  /** Declares the row that sums start from; `write` copies biases into it. */
  bias(length: number, sources: readonly Variable[], write: (row: Float32Array) => void): StreamBias {
    const bias = new StreamBias(length, write);
    this.#biases.push(bias);
    this.#sources.push(...sources);
    return bias;
  }

  /** Packs the weights if that has not been done or they have changed since; false if there is no room for them. */
  open(simd: SimdKernels): boolean {
    if (this.#samples !== null && isSame(this.#samples)) return true;
    return this.refresh(simd);
  }

  /** Packs the weights as they are now. */
  refresh(simd: SimdKernels): boolean {
    if (this.#address === undefined && !this.#allocate(simd)) return false;
    const scratch = simd.scratchStart;
    const most = this.#operands.reduce((most, { n, k }) => Math.max(most, n * k), 0);
    if (!simd.memory.reserve(scratch + blockBytes(most))) return false;
    for (const operand of this.#operands) operand.pack(simd, scratch);
    for (const bias of this.#biases) bias.pack(simd);
    this.#samples = this.#sample();
    return true;
  }

  #allocate(simd: SimdKernels): boolean {
    const blocks = [...this.#operands, ...this.#biases];
    const total = blocks.reduce((sum, block) => sum + block.bytes(simd), 0);
    this.#address = allocateFor(this, simd.memory, total);
    if (this.#address === undefined) return false;
    let next = this.#address;
    for (const block of blocks) {
      block.address = next;
      next += block.bytes(simd);
    }
    return true;
  }

  /** The first, middle and last element of each source: every optimizer and every loaded file changes these. */
  #sample(): Sample[] {
    return this.#sources.flatMap(({ value: { data, offset, size } }) =>
      [0, (size - 1) >> 1, size - 1].map((i) => ({ data, at: offset + i, element: data[offset + i]! })),
    );
  }
}

/** An element as it was. */
interface Sample {
  readonly data: ArrayLike<number>;
  readonly at: number;
  readonly element: number;
}

function isSame(samples: readonly Sample[]): boolean {
  for (const { data, at, element } of samples) if (data[at] !== element) return false;
  return true;
}
