import { Tensor } from "@rnn/tensor";
import { floats32Of } from "../../memory/float-data.ts";
import type { HiddenProjection } from "../hidden-projection.ts";
import type { Block, PieceRows, ResidentWeight } from "./resident.ts";
import { WeightGradient } from "./simd-products.ts";
import type { SimdRun } from "./simd-run.ts";

// The projection h = m W_hrᵀ of an LSTM in linear memory; ../hidden-projection.ts is the same on ordinary arrays.

/** The way forward: the cell writes m, the projection h. */
export class SimdHiddenProjection {
  /** m of every step, `[L * N, H]`. */
  readonly input: PieceRows;
  readonly #run: SimdRun;
  readonly #weight: ResidentWeight;

  constructor(run: SimdRun, { weight, input }: HiddenProjection) {
    const [P, H] = weight.shape as [number, number];
    this.#run = run;
    this.input = run.rows(H, input as Float32Array);
    this.#weight = run.weight(P, H, floats32Of(weight.value), 0, 1, H);
  }

  /** Writes h into rows `after` and on of the slots, from rows `at` and on of m. */
  forward(at: number, rows: number, h: PieceRows, after: number): void {
    const m = this.input;
    this.#run.multiply(rows, m.at(at), m.width, this.#weight, h.at(after), h.width, false);
  }

  /** Copies m of the current piece out: zeros in the rows past their end, for the gradient is a product with all rows. */
  store(from: number, to: number): void {
    this.#run.timeline.clearPastEnd(this.input.view(), this.input.width, from, to);
    this.input.store();
  }
}

/** The way back. */
export class SimdHiddenProjectionGradient {
  /** The gradient of one step's m, `[N, H]`, and zeros of that shape: what the cell takes for dy and dh. */
  readonly dInput: Block;
  readonly zeros: Block;
  readonly #run: SimdRun;
  readonly #input: PieceRows;
  readonly #weight: ResidentWeight;
  readonly #shape: readonly [number, number];
  readonly #dWeight: WeightGradient | null;

  constructor(run: SimdRun, { weight, input }: HiddenProjection) {
    const [P, H] = weight.shape as [number, number];
    const { batch } = run.timeline;
    this.#run = run;
    this.#shape = [P, H];
    this.#input = run.rows(H, input as Float32Array);
    this.#weight = run.weight(H, P, floats32Of(weight.value), 0, H, 1);
    this.dInput = run.block(batch * H);
    this.zeros = run.block(batch * H);
    this.#dWeight = weight.requiresGrad ? new WeightGradient(run, P, this.#input) : null;
  }

  /** Fills the zeros; call it once the run is open. */
  open(): void {
    this.zeros.set(null);
  }

  load(): void {
    this.#input.load();
  }

  /** Adds `dh` of a step's result to its `dy`, and computes the gradient of its m. */
  backward(at: number, rows: number, dy: PieceRows, dh: Block): void {
    this.#run.sums.addInto(rows * dy.width, dh.address, dy.at(at));
    this.#run.multiply(rows, dy.at(at), dy.width, this.#weight, this.dInput.address, this.#shape[1], false);
  }

  /** Adds what the current piece contributes to the gradient of W_hr. */
  add(dy: PieceRows, at: number, rows: number): void {
    this.#dWeight?.add(dy, at, at, rows);
  }

  /** Gradient of W_hr, after all steps. */
  weightGradient(): Tensor | null {
    return this.#dWeight && new Tensor(this.#dWeight.view().slice(), this.#shape);
  }
}
