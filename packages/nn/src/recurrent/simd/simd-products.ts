import { Tensor } from "@rnn/tensor";
import type { Variable } from "../../autograd/variable.ts";
import { lendFloats } from "../../memory/buffer-pool.ts";
import { floats32Of } from "../../memory/float-data.ts";
import type { CellWeights } from "../cell.ts";
import type { Block, PieceRows, ResidentWeight } from "./resident.ts";
import type { SimdRun } from "./simd-run.ts";

// The products of a whole sequence, piece by piece in linear memory; ../input-projection.ts says what they are.

/** The deepest block that products are computed in. */
const DEPTH = 256;

/** `x W_ihᵀ + b_ih + b_hh` of the current piece. */
export class SimdInputProjection {
  readonly #run: SimdRun;
  readonly #x: PieceRows;
  readonly #weight: ResidentWeight;
  readonly #bias: Block | null;
  readonly #weights: CellWeights;
  readonly #sharedBias: number;

  /** @param sharedBias - as in {@link projectInput} */
  constructor(run: SimdRun, x: Variable, weights: CellWeights, sharedBias: number) {
    const [width, inputSize] = weights.weightIh.shape as [number, number];
    this.#run = run;
    this.#x = run.tensorRows(x.value, inputSize);
    this.#weight = run.weight(width, inputSize, floats32Of(weights.weightIh.value), 0, 1, inputSize);
    this.#bias = weights.biasIh && weights.biasHh ? run.block(width) : null;
    this.#weights = weights;
    this.#sharedBias = sharedBias;
  }

  /** Adds up the biases; call it once the run is open. */
  open(): void {
    const { biasIh, biasHh } = this.#weights;
    if (this.#bias === null || biasIh === null || biasHh === null) return;
    const sum = this.#bias.view();
    const shared = floats32Of(biasHh.value);
    sum.set(floats32Of(biasIh.value));
    for (let j = 0; j < this.#sharedBias; j++) sum[j]! += shared[j]!;
  }

  /** Writes the projection of the current piece, steps `from` to `to`. */
  write(projected: PieceRows, from: number, to: number): void {
    const { batch } = this.#run.timeline;
    const at = from * batch;
    this.#x.load();
    if (this.#bias !== null) projected.fill(this.#bias);
    this.#run.multiply(
      (to - from) * batch,
      this.#x.at(at),
      this.#x.width,
      this.#weight,
      projected.at(at),
      projected.width,
      this.#bias !== null,
    );
  }
}

/** Gradients of the input, of W_ih and of the biases, from those of the projection `[L * N, width]`. */
export class SimdInputGradients {
  readonly #run: SimdRun;
  readonly #x: Variable;
  readonly #biases: readonly Variable[];
  readonly #dx: { rows: PieceRows; weight: ResidentWeight; array: Float32Array } | null;
  readonly #dWeight: { rows: PieceRows; sum: WeightGradient; shape: readonly number[] } | null;
  readonly #dBias: ColumnSums | null;

  constructor(run: SimdRun, x: Variable, weights: CellWeights, biases: readonly Variable[]) {
    const [width, inputSize] = weights.weightIh.shape as [number, number];
    this.#run = run;
    this.#x = x;
    this.#biases = biases;
    this.#dx = null;
    if (x.requiresGrad) {
      const array = lendFloats(x.value.size);
      const weight = run.weight(inputSize, width, floats32Of(weights.weightIh.value), 0, inputSize, 1);
      this.#dx = { rows: run.rows(inputSize, array), weight, array };
    }
    this.#dWeight = null;
    if (weights.weightIh.requiresGrad) {
      const rows = run.tensorRows(x.value, inputSize);
      this.#dWeight = { rows, sum: new WeightGradient(run, width, rows), shape: [width, inputSize] };
    }
    this.#dBias = biases.length > 0 ? new ColumnSums(run, width) : null;
  }

  /** Adds what the current piece, steps `from` to `to`, contributes. */
  add(dProjected: PieceRows, from: number, to: number): void {
    const { batch } = this.#run.timeline;
    const rows = (to - from) * batch;
    const at = from * batch;
    if (this.#dx !== null) {
      const { rows: dx, weight } = this.#dx;
      this.#run.multiply(rows, dProjected.at(at), dProjected.width, weight, dx.at(at), dx.width, false);
      dx.store();
    }
    if (this.#dWeight !== null) {
      this.#dWeight.rows.load();
      this.#dWeight.sum.add(dProjected, at, at, rows);
    }
    this.#dBias?.add(dProjected, at, rows);
  }

  dInput(): Tensor | null {
    return this.#dx && new Tensor(this.#dx.array, this.#x.shape);
  }

  dWeight(): Tensor | null {
    return this.#dWeight && new Tensor(this.#dWeight.sum.view().slice(), this.#dWeight.shape);
  }

  /** One gradient for each bias: they are added to the same thing. */
  dBiases(): Tensor[] {
    if (this.#dBias === null) return [];
    const sums = this.#dBias;
    return this.#biases.map((bias) => new Tensor(sums.result(), bias.shape));
  }
}

/** `dyᵀ x`, summed over all pieces, for a weight `[n, k]`; dy may be n neighbouring columns of a wider matrix. */
export class WeightGradient {
  readonly #run: SimdRun;
  readonly #n: number;
  readonly #x: PieceRows;
  readonly #sum: Block;
  #isEmpty = true;

  constructor(run: SimdRun, n: number, x: PieceRows) {
    this.#run = run;
    this.#n = n;
    this.#x = x;
    this.#sum = run.block(n * x.width);
    run.needScratch(x.width, DEPTH);
  }

  /** Adds `rows` rows of `dy` from `at` on, and from a column on, times those of x from `xAt` on. */
  add(dy: PieceRows, at: number, xAt: number, rows: number, column = 0): void {
    const x = this.#x;
    const sum = this.#sum.address;
    this.#run.multiplyTransposed(
      this.#n,
      x.width,
      rows,
      dy.at(at) + 4 * column,
      dy.width,
      x.at(xAt),
      sum,
      !this.#isEmpty,
    );
    this.#isEmpty = false;
  }

  /** The sum, `n * k` numbers in linear memory. */
  view(): Float32Array {
    return this.#sum.view();
  }
}

/** The gradient of a weight whose rows were used in parts. */
export function joinedRows(parts: readonly WeightGradient[], shape: readonly [number, number]): Tensor {
  const whole = new Float32Array(shape[0] * shape[1]);
  let end = 0;
  for (const part of parts) {
    const rows = part.view();
    whole.set(rows, end);
    end += rows.length;
  }
  return new Tensor(whole, shape);
}

/** Sums of the columns of `[L * N, width]`: float32 within a piece, float64 from piece to piece. */
export class ColumnSums {
  readonly #run: SimdRun;
  readonly #width: number;
  readonly #piece: Block;
  readonly #sums: Float64Array;

  constructor(run: SimdRun, width: number) {
    this.#run = run;
    this.#width = width;
    this.#piece = run.block(width);
    this.#sums = new Float64Array(width);
  }

  add(matrix: PieceRows, at: number, rows: number): void {
    this.#run.sums.columnSums(rows, this.#width, matrix.at(at), this.#piece.address);
    const piece = this.#piece.view();
    for (let j = 0; j < this.#width; j++) this.#sums[j]! += piece[j]!;
  }

  result(): Float32Array<ArrayBuffer> {
    return Float32Array.from(this.#sums);
  }
}
