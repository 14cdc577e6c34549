import { type DType, ShapeError, type SimdKernels, Tensor } from "@rnn/tensor";

import { noGrad } from "../../autograd/no-grad.ts";
import { watch } from "../../autograd/watch.ts";
import { checkTensor } from "../../functional/operand.ts";
import { printShape, sameShape } from "../../shape.ts";
import type { BatchLayout } from "../layout.ts";
import type { RecurrentState } from "../recurrent-state.ts";
import { type InitialState, packState, type StateForm, unpackState } from "../state.ts";
import type { StreamSource } from "./stream-source.ts";
import { StreamLanes, type StreamStack, streamStackOf } from "./stream-stack.ts";

/** Weights up to so many bytes stay in the second-level cache from step to step. */
const CACHED_BYTES = 2 ** 20;

/**
 * Runs a stack of layers step by step with weights and states in linear memory. What it cannot run it refuses, before
 * anything has changed: other dtypes and shapes, a batch that has changed, no SIMD. It is for the layers to say why.
 */
export class LayerStream {
  readonly #where: string;
  readonly #stack: StreamStack;
  readonly #form: StateForm;
  readonly #isReady: () => boolean;
  #lanes: StreamLanes | null = null;
  /** The kernels in whose memory the lanes hold the state; `null` if they do not. */
  #loaded: SimdKernels | null = null;
  #isUnbatched = false;
  /** Whether the weights are to be read anew. */
  #isNew = true;

  constructor(source: StreamSource) {
    this.#where = source.where;
    this.#stack = streamStackOf(source);
    this.#form = source.form;
    this.#isReady = source.isReady;
  }

  /** Starts again: forgets the state, and looks at the weights. */
  reset(): void {
    this.#loaded = null;
    this.#isNew = true;
  }

  /** Takes the state out, if it is here. */
  takeState(): RecurrentState | null {
    const simd = this.#loaded;
    if (simd === null) return null;
    this.#loaded = null;
    return noGrad(() => packState(this.#lanes!.states(simd), this.#form, this.#layout()));
  }

  /**
   * Runs a step of `x` `[N, I]`, or `[I]`.
   *
   * @param state - the state to start from, if this has been given none yet
   * @param out - for the result
   * @returns h of the last layer; `null` if this cannot run it
   */
  step(x: Tensor, state: InitialState | undefined, out: Tensor | undefined): Tensor | null {
    const isUnbatched = x.ndim === 1;
    const batch = isUnbatched ? 1 : x.shape[0]!;
    const simd = this.#open(x, batch, isUnbatched, state);
    if (simd === undefined) return null;
    const width = this.#stack.width;
    const y = out ?? new Tensor(new Float32Array(batch * width), isUnbatched ? [width] : [batch, width]);
    const fits = isUnbatched ? y.ndim === 1 : y.ndim === 2 && y.shape[0] === batch;
    if (!fits || y.shape[y.ndim - 1] !== width || y.dtype !== "float32" || !y.isContiguous) {
      checkOut(y, isUnbatched ? [width] : [batch, width], "float32");
    }
    const stride = isUnbatched ? 0 : x.strides[0]!;
    this.#lanes!.step(
      simd,
      x.data as Float32Array,
      x.offset,
      stride,
      y.data as Float32Array,
      y.offset,
      width,
    );
    return y;
  }

  /** Runs a chunk `[L, N, I]`, `[N, L, I]` if `timeDim` is 1, or `[L, I]`. */
  chunk(x: Tensor, timeDim: 0 | 1, state: InitialState | undefined): Tensor | null {
    const isUnbatched = x.ndim === 2;
    if (x.ndim !== 3 && !isUnbatched) return null;
    const time = isUnbatched ? 0 : timeDim;
    const [steps, batch] = [x.shape[time]!, isUnbatched ? 1 : x.shape[1 - time]!];
    const isCached = this.#stack.largestBytes <= CACHED_BYTES;
    if (steps > 1 && !isCached) return null; // all inputs of the chunk in one product are quicker
    const simd = steps === 0 ? undefined : this.#open(x, batch, isUnbatched, state);
    if (simd === undefined) return null;
    const { width } = this.#stack;
    const y = new Tensor(new Float32Array(steps * batch * width), [...x.shape.slice(0, -1), width]);
    const row = 1 - time;
    for (let t = 0; t < steps; t++) {
      this.#lanes!.step(
        simd,
        x.data as Float32Array,
        x.offset + t * x.strides[time]!,
        isUnbatched ? 0 : x.strides[row]!,
        y.data as Float32Array,
        t * y.strides[time]!,
        isUnbatched ? 0 : y.strides[row]!,
      );
    }
    return y;
  }

  /** Brings weights and state to linear memory; `undefined` if that cannot be, or the input is not for this. */
  #open(
    x: Tensor,
    batch: number,
    isUnbatched: boolean,
    state: InitialState | undefined,
  ): SimdKernels | undefined {
    const last = x.ndim - 1;
    if (x.dtype !== "float32" || last < 0 || x.shape[last] !== this.#stack.inputSize || batch === 0)
      return undefined;
    if (x.strides[last] !== 1 || watch !== null || !this.#isReady()) return undefined;
    if (this.#loaded !== null) {
      if (batch !== this.#lanes!.rows || isUnbatched !== this.#isUnbatched) return undefined;
      return this.#lanes!.open(false);
    }
    if (this.#lanes?.rows !== batch) this.#lanes = new StreamLanes(this.#stack, batch);
    const simd = this.#lanes.open(this.#isNew);
    if (simd === undefined) return undefined;
    this.#isUnbatched = isUnbatched;
    this.#load(simd, this.#lanes, state);
    this.#isNew = false;
    return simd;
  }

  // not a part of `#open`: a function that makes a closure allocates its context at every call
  #load(simd: SimdKernels, lanes: StreamLanes, state: InitialState | undefined): void {
    const given = state && noGrad(() => unpackState(this.#where, state, this.#form, this.#layout()));
    lanes.load(simd, given ?? null);
    this.#loaded = simd;
  }

  #layout(): BatchLayout {
    const batch = this.#lanes!.rows;
    return { steps: 1, batch, isUnbatched: this.#isUnbatched, isBatchFirst: false, order: null };
  }
}

/** Throws unless a tensor can receive a contiguous result. */
export function checkOut(out: Tensor, shape: readonly number[], dtype: DType): void {
  if (
    checkTensor("Streaming.step", "out", out).isContiguous &&
    out.dtype === dtype &&
    sameShape(out.shape, shape)
  )
    return;
  const layout = out.isContiguous ? "" : " that is not contiguous";
  throw new ShapeError(
    `Streaming.step: out is ${out.dtype} of shape ${printShape(out.shape)}${layout}, expected ${dtype} of shape ${printShape(shape)}`,
  );
}
