import { GRU, unsqueeze, Variable } from "@rnn/nn";
import { cat, chunk, permute, select, type Tensor } from "@rnn/tensor";
import type { StoredTensor, StoredTensors, Tolerance } from "../../cases.ts";
import type { Judge } from "../../judge.ts";
import { toNumbers, toTensor } from "../../tensors.ts";
import type { RecurrentState } from "../nn/recurrent-layers.ts";
import { required } from "../outputs.ts";
import { type CellWeights, steps } from "./composed-cells.ts";
import { runComposed } from "./composed-sequence.ts";

/** What ONNX's own runner of these tests allows. */
export const onnxTolerance: Tolerance = { rtol: 1e-4, atol: 1e-5 };

/** A recurrent node as ONNX holds it. */
export interface NativeRecurrent {
  readonly inputs: StoredTensors;
  readonly outputs: StoredTensors;
}

/**
 * Runs an ONNX node of one forward direction that PyTorch's modules cannot express: a GRU that resets before the
 * product, which the library has, or an LSTM with peepholes, composed of differentiable operations. Such cases assert
 * the final h.
 */
export function runNative(judge: Judge, op: string, { inputs, outputs }: NativeRecurrent): void {
  if (op !== "GRU" && op !== "LSTM") throw new Error(`the adapter knows no native ${op}`);
  const finalH = op === "GRU" ? runGRU(inputs) : runLSTM(inputs);
  judge.tensor("Y_h", toNumbers(finalH), required(outputs, "Y_h"), onnxTolerance);
}

/** `[1, N, H]`. */
function runGRU(inputs: StoredTensors): Variable {
  const { weight_ih, weight_hh, bias_ih, bias_hh } = weightsOf(inputs, [1, 0, 2]);
  const [inputSize, hiddenSize] = [weight_ih.shape[1] as number, weight_hh.shape[1] as number];
  const gru = new GRU({ inputSize, hiddenSize, bias: bias_ih !== undefined, resetAfter: false });
  gru.loadStateDict({
    weight_ih_l0: weight_ih.value,
    weight_hh_l0: weight_hh.value,
    ...(bias_ih && bias_hh ? { bias_ih_l0: bias_ih.value, bias_hh_l0: bias_hh.value } : {}),
  });
  const state = inputs.initial_h && { h: toTensor(inputs.initial_h) };
  const lengths = inputs.sequence_lens && Array.from(toNumbers(toTensor(inputs.sequence_lens)).data);
  return gru.forward(toTensor(required(inputs, "X")), { state, lengths }).state.h;
}

/** `[1, N, H]`. */
function runLSTM(inputs: StoredTensors): Variable {
  // X [L, N, I]
  const x = new Variable(permute(toTensor(required(inputs, "X")), [1, 0, 2]));
  const [rows, length] = x.shape as [number, number];
  const { state } = runComposed(steps.lstm, weightsOf(inputs, [0, 2, 3, 1]), x, {
    hasCell: true,
    state: startState(inputs),
    mask: inputs.sequence_lens && maskOf(inputs.sequence_lens, rows, length),
  });
  return unsqueeze(state.h, 0);
}

/**
 * Weights with their gates in PyTorch's order: i f g o lie at 0, 2, 3, 1 of ONNX's i o f c; r z n at 1, 0, 2 of z r h.
 *
 * W `[1, G * H, I]`, R `[1, G * H, H]`, B `[1, 2 * G * H]` = input biases, recurrent biases, and P `[1, 3 * H]`.
 */
function weightsOf(inputs: StoredTensors, order: readonly number[]): CellWeights {
  const [biasIh, biasHh] = inputs.B ? chunk(direction(inputs.B), 2, 0) : [];
  const [i, o, f] = inputs.P ? chunk(direction(inputs.P), 3, 0).map((p) => new Variable(p)) : [];
  return {
    weight_ih: reordered(direction(required(inputs, "W")), order),
    weight_hh: reordered(direction(required(inputs, "R")), order),
    bias_ih: biasIh && reordered(biasIh, order),
    bias_hh: biasHh && reordered(biasHh, order),
    peepholes: i && o && f ? [i, o, f] : undefined,
  };
}

function startState({ initial_h: h, initial_c: c }: StoredTensors): RecurrentState | undefined {
  if (!h) return undefined;
  return { h: new Variable(direction(h)), ...(c ? { c: new Variable(direction(c)) } : {}) };
}

/** The only direction of a tensor `[1, ...]`. */
function direction(stored: StoredTensor): Tensor {
  return select(toTensor(stored), 0, 0);
}

/** Blocks of rows, one per gate, in PyTorch's order. */
function reordered(weights: Tensor, order: readonly number[]): Variable {
  const blocks = chunk(weights, order.length, 0);
  return new Variable(
    cat(
      order.map((at) => blocks[at] as Tensor),
      0,
    ),
  );
}

function maskOf(lengths: StoredTensor, rows: number, length: number): boolean[][] {
  const ends = toNumbers(toTensor(lengths)).data;
  return Array.from({ length: rows }, (_, n) => Array.from({ length }, (_, t) => t < (ends[n] as number)));
}
