import type { Tensor } from "@rnn/tensor";

/** Gradients of what a sequence puts out; `null` where there is none. */
export interface OutputGradients {
  /** Of the output `[L, N, P]`. */
  readonly dy: Tensor | null;
  /** Of the last `h`. */
  readonly dh: Tensor | null;
}

/** Gradients of what enters a sequence; `null` where nobody wants one. */
export interface InputGradients {
  readonly dx: Tensor | null;
  /** Of the initial `h`. */
  readonly dh: Tensor;
  readonly dWeightIh: Tensor | null;
  readonly dWeightHh: Tensor | null;
  /** One for each of the biases there are. */
  readonly dBiases: readonly Tensor[];
}
