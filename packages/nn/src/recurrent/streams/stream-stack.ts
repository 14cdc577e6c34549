import { type SimdKernels, simdKernels, Tensor } from "@rnn/tensor";
import { Variable } from "../../autograd/variable.ts";
import { blockBytes } from "../../kernels/memory-blocks.ts";
import { copyRun } from "../../memory/copy-run.ts";
import { floats32Of } from "../../memory/float-data.ts";
import type { CellState } from "../cell.ts";
import { type StreamLayer, streamCell } from "./stream-layers.ts";
import { allocateFor } from "./stream-memory.ts";
import type { StreamSource } from "./stream-source.ts";
import { StreamWeights } from "./stream-weights.ts";

/** The layers of a stack with their weights in linear memory, shared by all streams of the stack. */
export class StreamStack {
  readonly inputSize: number;
  /** Bytes of the weights of the largest layer. */
  readonly largestBytes: number;
  /** Widths of h and c of each layer; the latter 0 if there is none. */
  readonly sizes: readonly { readonly h: number; readonly c: number }[];
  readonly layers: readonly StreamLayer[];
  readonly weights: StreamWeights = new StreamWeights();

  constructor({ cell, weights, form }: StreamSource) {
    this.inputSize = weights[0]!.weightIh.shape[1]!;
    this.largestBytes = Math.max(...weights.map((layer) => 4 * (layer.weightIh.size + layer.weightHh.size)));
    this.sizes = form.sizes.map(({ h, c = 0 }) => ({ h: h!, c }));
    this.layers = weights.map((layer) => streamCell(cell)(layer, this.weights));
  }

  /** Width of the output. */
  get width(): number {
    return this.sizes[this.sizes.length - 1]!.h;
  }
}

const stacks = new WeakMap<StreamSource, StreamStack>();

/** The one stack of a source, made when it is first asked for. */
export function streamStackOf(source: StreamSource): StreamStack {
  let stack = stacks.get(source);
  if (stack === undefined) stacks.set(source, (stack = new StreamStack(source)));
  return stack;
}

/** Where the state of one layer lies, in bytes. */
interface LayerState {
  readonly h: number;
  readonly c: number;
}

/** The states of one stream of `rows` rows, in linear memory. */
export class StreamLanes {
  readonly rows: number;
  readonly #stack: StreamStack;
  /** Addresses relative to that of the block. */
  readonly #layout: readonly LayerState[];
  readonly #bytes: number;
  /** Of the working memory of a step; 0 until it is known. */
  #workBytes = 0;
  #address: number | undefined;

  constructor(stack: StreamStack, rows: number) {
    this.rows = rows;
    this.#stack = stack;
    let end = 0;
    this.#layout = stack.sizes.map(({ h, c }) => {
      const layer = { h: end, c: end + blockBytes(rows * h) };
      end = layer.c + blockBytes(rows * c);
      return layer;
    });
    this.#bytes = end;
  }

  /**
   * What {@link step} needs: the kernels, with weights and states in their memory.
   *
   * @param isNew - whether the weights are to be read again
   * @returns `undefined` if there is no SIMD here, or no room
   */
  open(isNew: boolean): SimdKernels | undefined {
    const simd = simdKernels(false);
    if (simd === undefined) return undefined;
    const { weights } = this.#stack;
    if (!(isNew ? weights.refresh(simd) : weights.open(simd))) return undefined;
    this.#address ??= allocateFor(this, simd.memory, this.#bytes);
    return this.#address === undefined || !simd.memory.reserve(this.#end(simd)) ? undefined : simd;
  }

  /** Where the working memory of a step ends: behind the input and what the largest layer needs. */
  #end(simd: SimdKernels): number {
    if (this.#workBytes === 0) this.#workBytes = workBytesOf(this.#stack, this.rows, simd);
    return simd.scratchStart + this.#workBytes;
  }

  /** Runs all layers over one step of `x`, whose rows start at `from` and lie `stride` apart; writes h of the last. */
  step(
    simd: SimdKernels,
    x: Float32Array,
    from: number,
    stride: number,
    y: Float32Array,
    to: number,
    yStride: number,
  ): void {
    const { layers, inputSize, width } = this.#stack;
    const { rows } = this;
    const { floats } = simd.memory;
    const start = simd.scratchStart;
    copyRows(x, from, stride, floats, start / 4, inputSize, rows, inputSize);
    const work = start + blockBytes(rows * inputSize);
    const base = this.#address!;
    let input = start;
    for (let l = 0; l < layers.length; l++) {
      const { h, c } = this.#layout[l]!;
      layers[l]!.step(simd, rows, input, base + h, base + c, work);
      input = base + h;
    }
    copyRows(floats, input / 4, width, y, to, yStride, rows, width);
  }

  /** Copies states in; `null` stands for zeros. */
  load({ memory }: SimdKernels, states: readonly CellState[] | null): void {
    this.#parts((name, layer, address, rows, width) => {
      const at = address / 4;
      if (states === null) memory.floats.fill(0, at, at + rows * width);
      else memory.floats.set(floats32Of(states[layer]![name]!.value), at);
    });
  }

  /** Copies the states out. */
  states({ memory }: SimdKernels): CellState[] {
    const states = this.#layout.map((): Record<string, Variable> => ({}));
    this.#parts((name, layer, address, rows, width) => {
      const data = memory.floats.slice(address / 4, address / 4 + rows * width);
      states[layer]![name] = new Variable(new Tensor(data, [rows, width]));
    });
    return states;
  }

  #parts(
    visit: (name: "h" | "c", layer: number, address: number, rows: number, width: number) => void,
  ): void {
    for (const [layer, { h, c }] of this.#layout.entries()) {
      const sizes = this.#stack.sizes[layer]!;
      visit("h", layer, this.#address! + h, this.rows, sizes.h);
      if (sizes.c > 0) visit("c", layer, this.#address! + c, this.rows, sizes.c);
    }
  }
}

function workBytesOf({ layers, inputSize }: StreamStack, rows: number, simd: SimdKernels): number {
  const most = Math.max(...layers.map((layer) => layer.workBytes(simd, rows)));
  return blockBytes(rows * inputSize) + most;
}

/** By a loop, since `set` needs a `subarray`, which is an object. */
function copyRows(
  from: Float32Array,
  start: number,
  stride: number,
  to: Float32Array,
  at: number,
  toStride: number,
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row++, start += stride, at += toStride) {
    copyRun(from, start, to, at, width);
  }
}
