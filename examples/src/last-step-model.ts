import { finalFeatures, GRU, Linear, LSTM, Module, RNN, type Variable } from "@rnn/nn";
import { concat, rand, type Tensor, zerosLike } from "@rnn/tensor";

/** Which recurrent layers there are; `rnn` is the plain one with tanh, `relu` with rectified units. */
export const CELLS = ["rnn", "relu", "gru", "lstm"] as const;

/** One of {@link CELLS}. */
export type Cell = (typeof CELLS)[number];

/** What a {@link LastStepModel} is made of. */
export interface LastStepModelOptions {
  readonly cell: Cell;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly outFeatures: number;
  /** Initialises gates so that units remember for up to this many steps. */
  readonly memory?: number;
}

/** Reads a whole sequence and answers once, from the last hidden state: `[L, N, inputSize]` to `[N, outFeatures]`. */
export class LastStepModel extends Module {
  readonly #layer: RNN | GRU | LSTM;
  readonly #head: Linear;

  constructor({ cell, inputSize, hiddenSize, outFeatures, memory }: LastStepModelOptions) {
    super();
    const sizes = { inputSize, hiddenSize };
    const make = {
      rnn: () => new RNN(sizes),
      relu: () => new RNN({ ...sizes, nonlinearity: "relu" }),
      gru: () => new GRU(sizes),
      lstm: () => new LSTM(sizes),
    };
    this.#layer = this.child("layer", make[cell]());
    this.#head = this.child("head", new Linear({ inFeatures: hiddenSize, outFeatures }));
    if (memory !== undefined) initChrono(memory, this.#layer, hiddenSize);
  }

  override forward(x: Tensor): Variable {
    return this.#head.forward(finalFeatures(this.#layer.forward(x)));
  }
}

/**
 * Sets the biases of gates so that units remember for 1 to T steps, and add as little to their memory at each step.
 *
 * With u uniform in 1..T-1 for each unit, the bias of an LSTM's forget gate is log u and of its input gate -log u; that of a GRU's
 * update gate is log u. Source: the chrono initialisation of Tallec & Ollivier 2018.
 */
function initChrono(T: number, layer: RNN | GRU | LSTM, hiddenSize: number): void {
  if (layer instanceof RNN) return;
  const logarithms = rand([hiddenSize])
    .mul(T - 2)
    .add(1)
    .log();
  const none = zerosLike(logarithms);
  const rows = layer instanceof LSTM ? [logarithms.neg(), logarithms, none, none] : [none, logarithms, none]; // i f g o; r z n
  const bias = concat(rows);
  layer.loadStateDict({ bias_ih_l0: bias, bias_hh_l0: zerosLike(bias) }, { strict: false });
}
