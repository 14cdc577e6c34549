import { Module, Parameter, select, Variable } from "@rnn/nn";
import { zeros } from "@rnn/tensor";
import type { StoredTensor } from "../../cases.ts";
import { toTensor } from "../../tensors.ts";
import type { RecurrentConfig, RecurrentState } from "../nn/recurrent-layers.ts";
import { type CellWeights, type Step, steps } from "./composed-cells.ts";
import { runComposed } from "./composed-sequence.ts";

/** A recurrent layer of a training case. */
export interface RecurrentSpec {
  readonly type: "RNN" | "LSTM" | "GRU" | "LSTM_hard_sigmoid" | "GRU_hard_sigmoid_reset_before";
  readonly config: RecurrentConfig;
  /** The last state, every step, or every step with masked ones repeating the step before. */
  readonly take: "last" | "sequence" | "sequence_hold";
  readonly activation?: "tanh" | "linear";
  readonly h0?: StoredTensor;
  readonly reverse?: boolean;
}

/** `[N][L]`: whether a row has that step. */
export type Mask = readonly (readonly boolean[])[];

/** A layer `[N, L, I]` whose cell is composed of differentiable operations; keys as in PyTorch's layers. */
export class ComposedLayer extends Module {
  readonly #step: Step;
  readonly #spec: RecurrentSpec;
  readonly #weights: CellWeights;

  constructor(spec: RecurrentSpec) {
    super();
    const { input_size, hidden_size, bias = true } = spec.config;
    this.#spec = spec;
    this.#step = stepOf(spec);
    const rows = hidden_size * gates(spec.type);
    const add = (name: string, shape: number[]): Parameter =>
      this.parameter(`${name}_l0`, new Parameter(zeros(shape)));
    this.#weights = {
      weight_ih: add("weight_ih", [rows, input_size]),
      weight_hh: add("weight_hh", [rows, hidden_size]),
      ...(bias ? { bias_ih: add("bias_ih", [rows]), bias_hh: add("bias_hh", [rows]) } : {}),
    };
  }

  override forward(
    input: Variable,
    { state, mask }: { state?: RecurrentState | undefined; mask?: Mask | undefined },
  ): { output: Variable; state: RecurrentState } {
    const { type, h0, reverse } = this.#spec;
    const start = state ?? (h0 && { h: new Variable(select(new Variable(toTensor(h0)), 0, 0).value) });
    return runComposed(this.#step, this.#weights, input, {
      state: start,
      hasCell: type.startsWith("LSTM"),
      mask,
      reverse,
    });
  }
}

function gates(type: RecurrentSpec["type"]): number {
  if (type.startsWith("LSTM")) return 4;
  return type.startsWith("GRU") ? 3 : 1;
}

function stepOf({ type, activation, config }: RecurrentSpec): Step {
  switch (type) {
    case "LSTM":
      return steps.lstm;
    case "LSTM_hard_sigmoid":
      return steps.lstmHardSigmoid;
    case "GRU_hard_sigmoid_reset_before":
      return activation === "linear" ? steps.gruHardSigmoidLinear : steps.gruHardSigmoidTanh;
    case "RNN":
      return config.nonlinearity === "relu" ? steps.rnnRelu : steps.rnnTanh;
    default:
      throw new Error(`the adapter composes no ${type} under a mask`);
  }
}
