import type { Tensor } from "@rnn/tensor";
import type { Variable } from "../autograd/variable.ts";
import type { FloatArray } from "../dtype.ts";
import { copyRun } from "../memory/copy-run.ts";
import { floatsOf } from "../memory/float-data.ts";
import { zerosLike } from "./buffers.ts";
import { weightGradient } from "./input-projection.ts";
import { addLinear, linearInputGradient } from "./products.ts";

/** The projection h = m W_hrᵀ of an LSTM with `projSize`: m is o tanh(c), W_hr `[P, H]`. */
export class HiddenProjection {
  readonly weight: Variable;
  /** m of every step, `[rows, H]`: filled in by the cell, kept for the gradient. */
  readonly input: FloatArray;
  readonly #weight: FloatArray;

  /** @param rows - the number of steps times the batch */
  constructor(weight: Variable, rows: number) {
    this.weight = weight;
    this.#weight = floatsOf(weight.value);
    this.input = zerosLike(this.#weight, rows * weight.shape[1]!);
  }

  /** Writes h into rows `after` and on of the slots, zero so far, from rows `at` and on of m. */
  forward(at: number, rows: number, h: FloatArray, after: number): void {
    const [P, H] = this.weight.shape as [number, number];
    addLinear(rows, P, H, this.input, at * H, this.#weight, 0, h, after * P, P);
  }

  /** `dInput = dh W_hr` for the first `rows` rows. */
  backward(rows: number, dh: FloatArray, dInput: FloatArray): void {
    const [P, H] = this.weight.shape as [number, number];
    linearInputGradient(rows, P, H, dh, 0, P, this.#weight, 0, dInput, 0, false);
  }
}

/** One walk back through a {@link HiddenProjection}. */
export class HiddenProjectionGradient {
  readonly #projection: HiddenProjection;
  readonly #rows: number;
  /** dh of every step, `[rows, P]`. */
  readonly #dh: FloatArray;
  /** The gradient of one step's m, `[N, H]`. */
  readonly #dInput: FloatArray;

  constructor(projection: HiddenProjection, batch: number) {
    const [P, H] = projection.weight.shape as [number, number];
    this.#projection = projection;
    this.#rows = projection.input.length / H;
    this.#dh = zerosLike(projection.input, this.#rows * P);
    this.#dInput = zerosLike(projection.input, batch * H);
  }

  /** The gradient of m of one step, from `dh` of its result; valid until the next step. */
  backward(at: number, rows: number, dh: FloatArray): FloatArray {
    const P = this.#projection.weight.shape[0]!;
    copyRun(dh, 0, this.#dh, at * P, rows * P);
    this.#projection.backward(rows, dh, this.#dInput);
    return this.#dInput;
  }

  /** Gradient of W_hr, after all steps. */
  weightGradient(): Tensor | null {
    return weightGradient(this.#projection.weight, this.#dh, this.#projection.input, this.#rows);
  }
}
