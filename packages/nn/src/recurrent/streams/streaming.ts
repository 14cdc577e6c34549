import { ShapeError, Tensor } from "@rnn/tensor";
import { noGrad } from "../../autograd/no-grad.ts";
import { Variable } from "../../autograd/variable.ts";
import { describe } from "../../describe.ts";
import { checkTensor } from "../../functional/operand.ts";
import { where } from "../../functional/where.ts";
import type { Lengths } from "../../lengths.ts";
import { checkOptions, type OptionNames } from "../../options-check.ts";
import type { FinalState, RecurrentState } from "../recurrent-state.ts";
import type { InitialState, PackedState } from "../state.ts";
import { checkOut, LayerStream } from "./layer-stream.ts";
import type { StreamSource } from "./stream-source.ts";

/**
 * What {@link Streaming} runs: RNN, LSTM, GRU, or a model of your own that takes a state and returns the next one.
 *
 * @public
 */
export interface Streamable<Input, State> {
  /** Whether time is the second dimension of input and output. */
  readonly batchFirst?: boolean | undefined;
  /** A layer that reads both ways cannot be run over a stream. */
  readonly bidirectional?: boolean | undefined;
  /** Nor can one that reads from the end. */
  readonly goBackwards?: boolean | undefined;
  /** Runs a chunk from a state. */
  forward(
    x: Input,
    options: { state?: NoInfer<State> | undefined; lengths?: Lengths | undefined },
  ): { output: Variable; state: State | FinalState<State> };
}

/**
 * Options of {@link Streaming}.
 *
 * @public
 */
export interface StreamingOptions<State> {
  /** State to start from, and to come back to with `reset()`. Default: zeros, or what the model starts from. */
  state?: State | undefined;
  /** Whether time is the second dimension of a chunk. Default: as the layer was made, else `false`. */
  batchFirst?: boolean | undefined;
}

const optionNames: OptionNames<StreamingOptions<unknown>> = { state: true, batchFirst: true };

/**
 * Runs a recurrent layer or model over a stream, a step or a chunk at a time, and carries the state.
 *
 * @remarks
 * What it returns is the same as for the whole stream in one piece. Nothing is recorded for gradients, and nothing is
 * kept but the state, so a stream may be endless. The rows of a batch are independent lanes: each can be reset alone,
 * and waits while its length in a chunk is 0. Dropout acts if the model is in training mode: call `eval()` first.
 *
 * RNN, LSTM and GRU in float32 keep their weights ready in linear memory from step to step. They notice when training or
 * `loadStateDict` has changed them; after writing into single elements call `reset()`.
 *
 * @param model - the layer or model; it stays as it is
 *
 * @throws TypeError if the layer reads backwards, which needs the whole sequence, or has no `forward`.
 *
 * @example
 * ```ts
 * import { Embedding, Linear, LSTM, type LSTMState, Module, Streaming, type Variable } from "@rnn/nn";
 * import { type Tensor, tensor } from "@rnn/tensor";
 *
 * class CharacterModel extends Module {
 *   readonly #embedding = this.child("embedding", new Embedding({ numEmbeddings: 30, embeddingDim: 8 }));
 *   readonly #lstm = this.child("lstm", new LSTM({ inputSize: 8, hiddenSize: 16 }));
 *   readonly #fc = this.child("fc", new Linear({ inFeatures: 16, outFeatures: 30 }));
 *
 *   override forward(ids: Tensor, { state }: { state?: LSTMState | undefined } = {}): { output: Variable; state: LSTMState } {
 *     const lstm = this.#lstm.forward(this.#embedding.forward(ids), { state });
 *     return { output: this.#fc.forward(lstm.output), state: lstm.state };
 *   }
 * }
 *
 * const stream = new Streaming(new CharacterModel().eval());
 * stream.forward(tensor([[1], [2], [3]], { dtype: "int32" })); // the prompt, [L, N]
 * let id = tensor([4], { dtype: "int32" });
 * for (let i = 0; i < 5; i++) {
 *   const logits = stream.step(id); // [N, 30]
 *   id = logits.argmax({ dim: 1 });
 * }
 * id.shape; // => [1]
 * ```
 *
 * @public
 */
export class Streaming<State, Input extends Variable | Tensor = Variable | Tensor> {
  readonly #model: Streamable<Input, State>;
  readonly #initial: State | undefined;
  readonly #timeDim: 0 | 1;
  /** Runs layers of this library faster; `null` for other models. It holds the state while it is running. */
  readonly #fast: LayerStream | null;
  #state: State | undefined;

  constructor(model: Streamable<Input, State>, options: StreamingOptions<State> = {}) {
    if (typeof model?.forward !== "function") {
      throw new TypeError(`Streaming: model must have a method forward, got ${describe(model)}`);
    }
    checkOptions("Streaming", options, optionNames);
    const { bidirectional, goBackwards, batchFirst } = model;
    if (bidirectional === true || goBackwards === true) {
      const option = bidirectional === true ? "bidirectional" : "goBackwards";
      throw new TypeError(
        `Streaming: the layer was made with ${option}: true; reading backwards needs the whole sequence`,
      );
    }
    this.#model = model;
    this.#initial = options.state;
    this.#timeDim = (options.batchFirst ?? batchFirst) ? 1 : 0;
    const isUsual = (options.batchFirst ?? batchFirst) === batchFirst;
    const source = (model as { _streamSource?(): StreamSource | null })._streamSource?.();
    this.#fast = isUsual && source ? new LayerStream(source) : null;
    this.#state = options.state;
  }

  /** The state after what has been read: set it to go back to an earlier one. `undefined` before the first step. */
  get state(): State | undefined {
    const state = this.#fast?.takeState();
    if (state) this.#state = state as State;
    return this.#state;
  }

  set state(state: State | undefined) {
    this.#fast?.reset();
    this.#state = state;
  }

  /**
   * Reads a chunk of any number of steps.
   *
   * @param chunk - `[L, N, ...]`, or as the layout of the model says
   * @param options - `lengths`: how many steps each lane has in this chunk, zero included
   * @returns the output of each step
   */
  forward(chunk: Input, options: { lengths?: Lengths | undefined } = {}): Tensor {
    checkOptions("Streaming.forward", options, { lengths: true });
    if (this.#fast !== null && options.lengths === undefined) {
      const value = checkTensor("Streaming.forward", "chunk", chunk);
      const result = this.#fast.chunk(value, this.#timeDim, this.#state as InitialState | undefined);
      if (result !== null) return result;
    }
    const { output, state } = noGrad(() => this.#model.forward(chunk, { ...options, state: this.state }));
    this.state = state;
    return output.value;
  }

  /**
   * Reads one step.
   *
   * @param x - a chunk without its time dimension: `[N, ...]`, or `[inputSize]` without a batch (time first only)
   * @param out - receives the result, and is returned: with it a step of RNN, LSTM or GRU in linear memory makes no
   * garbage. float32 or float64 as the model, of the shape of the result, contiguous
   * @returns the output without its time dimension
   * @throws {@link @rnn/tensor#ShapeError} if `out` has another shape or layout.
   */
  step(x: Input, out?: Tensor): Tensor {
    const value = checkTensor("Streaming.step", "x", x);
    const isStep = value.ndim === 2 || (value.ndim === 1 && this.#timeDim === 0);
    if (this.#fast !== null && isStep) {
      const result = this.#fast.step(value, this.#state as InitialState | undefined, out);
      if (result !== null) return result;
    }
    return this.#stepAsChunk(x, out);
  }

  // not a part of `step`: a function that makes a closure allocates its context at every call
  #stepAsChunk(x: Input, out: Tensor | undefined): Tensor {
    const chunk = noGrad(() => x.unsqueeze(this.#timeDim)) as Input;
    const y = this.forward(chunk).squeeze(this.#timeDim);
    if (out === undefined) return y;
    checkOut(out, y.shape, y.dtype);
    const { data, offset, size } = y.contiguous();
    out.data.set(data.subarray(offset, offset + size), out.offset);
    return out;
  }

  /**
   * Starts again: all lanes, or those where `mask` is true.
   *
   * @param mask - one entry per lane of the batch; the others carry on
   * @throws {@link @rnn/tensor#ShapeError} if the mask has not one entry per lane.
   */
  reset(mask?: readonly boolean[] | Tensor): void {
    if (mask === undefined) {
      this.state = this.#initial;
    } else if (this.state !== undefined) {
      const isReset = maskOf(mask);
      this.state = noGrad(() => resetPart(this.state, this.#initial, isReset)) as State;
    }
  }
}

/** The mask as a bool tensor `[N, 1]`, which broadcasts over states `[..., N, size]`. */
function maskOf(mask: readonly boolean[] | Tensor): Tensor {
  if (Array.isArray(mask)) return new Tensor(Uint8Array.from(mask, Number), [mask.length, 1]);
  if (!(mask instanceof Tensor)) {
    throw new TypeError(
      `Streaming.reset: mask must be an array of booleans or a bool tensor, got ${describe(mask)}`,
    );
  }
  if (mask.dtype !== "bool" || mask.ndim !== 1) {
    throw new ShapeError(
      `Streaming.reset: mask must be a bool tensor [N], got ${mask.dtype} of shape [${mask.shape.join(",")}]`,
    );
  }
  return mask.unsqueeze(1);
}

/** A state with the lanes of the mask as in `initial`, or zero: a variable, or arrays and objects of them. */
function resetPart(state: unknown, initial: unknown, mask: Tensor): unknown {
  if (state instanceof Variable || state instanceof Tensor) {
    const lanes = state.shape[state.ndim - 2];
    if (lanes !== mask.shape[0]) {
      throw new ShapeError(
        `Streaming.reset: mask has ${mask.shape[0]} entries, but there are ${lanes ?? "no"} lanes ` +
          `(state shape [${state.shape.join(",")}])`,
      );
    }
    return where(mask, (initial ?? 0) as Variable | Tensor | number, state);
  }
  if (Array.isArray(state)) {
    return state.map((part, i) => resetPart(part, (initial as unknown[] | undefined)?.[i], mask));
  }
  if (typeof state !== "object" || state === null) return state;
  const parts = Object.fromEntries(
    Object.entries(state).map(([name, part]) => [
      name,
      resetPart(part, (initial as Record<string, unknown> | undefined)?.[name], mask),
    ]),
  );
  return (state as Partial<RecurrentState>)._with?.(parts as PackedState) ?? parts;
}
