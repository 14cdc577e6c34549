import type { Tensor } from "@rnn/tensor";
import { Parameter } from "../autograd/parameter.ts";
import type { CellWeights } from "./cell.ts";

/** What decides the parameters of one layer in one direction. */
export interface WeightSizes {
  readonly gates: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** 0 without a projection. */
  readonly projSize: number;
  readonly bias: boolean;
}

/** Registers a parameter with the module that owns it. */
export type Register = (name: string, parameter: Parameter) => Parameter;

/**
 * Makes the parameters of one layer in one direction, named and drawn in PyTorch's order.
 *
 * @param suffix - what follows the names: `_l0`, `_l0_reverse`, or nothing in a cell
 * @param initial - draws the initial values for a shape
 */
export function makeWeights(
  { gates, inputSize, hiddenSize, projSize, bias }: WeightSizes,
  suffix: string,
  initial: (shape: number[]) => Tensor,
  register: Register,
): CellWeights {
  const rows = gates * hiddenSize;
  const make = (name: string, shape: number[]): Parameter =>
    register(name + suffix, new Parameter(initial(shape)));
  return {
    weightIh: make("weight_ih", [rows, inputSize]),
    weightHh: make("weight_hh", [rows, projSize || hiddenSize]),
    biasIh: bias ? make("bias_ih", [rows]) : null,
    biasHh: bias ? make("bias_hh", [rows]) : null,
    weightHr: projSize ? make("weight_hr", [projSize, hiddenSize]) : null,
  };
}
