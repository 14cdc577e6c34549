import type { Tensor } from "@rnn/tensor";
import type { Lengths } from "../lengths.ts";
import { checkFlag, checkPositive, checkProbability, type OptionNames } from "../options-check.ts";
import type { SingleStepOptions } from "../recurrent/single-step.ts";
import type { StackOptions } from "../recurrent/stack.ts";
import type { HiddenSize } from "../recurrent/state.ts";
import { checkParameterOptions, type ParameterOptions, parameterOptionNames } from "./options.ts";

/**
 * Options that RNN, LSTM and GRU share; names and defaults are those of PyTorch.
 *
 * @public
 */
export interface RecurrentOptions<Size extends HiddenSize = number> extends ParameterOptions {
  /** Number of features of one input step. */
  inputSize: number;
  /** Size of the hidden state. An array gives each layer its own size, and the state one variable per layer. */
  hiddenSize: Size;
  /** Number of layers, each reading the outputs of the one below. Default 1, or the length of `hiddenSize`. */
  numLayers?: number | undefined;
  /** Whether the layers have the biases `bias_ih` and `bias_hh`. Default `true`. */
  bias?: boolean | undefined;
  /** Whether input and output are `[N, L, features]` rather than `[L, N, features]`. Default `false`. */
  batchFirst?: boolean | undefined;
  /** Probability in [0, 1] with which a feature between two layers is dropped in training. Default 0. */
  dropout?: number | undefined;
  /**
   * Probability in [0, 1] with which a feature of the input is dropped in training, in all steps of a row alike.
   * Default 0.
   */
  inputDropout?: number | undefined;
  /**
   * Probability in [0, 1] with which a unit of h is dropped in training where h enters the recurrent product, in all
   * steps of a row alike (variational dropout, Gal & Ghahramani 2016). Default 0.
   */
  recurrentDropout?: number | undefined;
  /** Whether a second set of weights reads the sequence backwards. Default `false`. */
  bidirectional?: boolean | undefined;
  /**
   * Whether to read the sequence from the last step of each row to the first, as the second direction of `bidirectional`
   * does; outputs stay with their steps. Default `false`.
   */
  goBackwards?: boolean | undefined;
}

/**
 * What `forward` of RNN, LSTM and GRU takes beside the input.
 *
 * @public
 */
export interface RecurrentForwardOptions<State> {
  /** State to start from. Default: zeros. */
  state?: State | undefined;
  /** How many steps each row of the batch has, in any order, zero included. Default: all of them. */
  lengths?: Lengths | undefined;
  /**
   * Which steps count: bool `[L, N]`, in the layout of the input. The others are never read: the state passes them
   * unchanged, in both directions and all layers, and their output is zero. As in Keras with `zero_output_for_mask`.
   * Default: all of them.
   */
  mask?: Tensor | undefined;
}

/**
 * Options that RNNCell, LSTMCell and GRUCell share; names and defaults are those of PyTorch.
 *
 * @public
 */
export interface CellOptions extends ParameterOptions {
  /** Number of features of the input. */
  inputSize: number;
  /** Size of the hidden state. */
  hiddenSize: number;
  /** Whether the cell has the biases `bias_ih` and `bias_hh`. Default `true`. */
  bias?: boolean | undefined;
}

/** The names of {@link RecurrentOptions}. */
export const recurrentOptionNames: OptionNames<RecurrentOptions> = {
  inputSize: true,
  hiddenSize: true,
  numLayers: true,
  bias: true,
  batchFirst: true,
  dropout: true,
  inputDropout: true,
  recurrentDropout: true,
  bidirectional: true,
  goBackwards: true,
  ...parameterOptionNames,
};

/** The names of {@link CellOptions}. */
export const cellOptionNames: OptionNames<CellOptions> = {
  inputSize: true,
  hiddenSize: true,
  bias: true,
  ...parameterOptionNames,
};

/** Checks the values of the options of a recurrent layer; `where` is the class that errors name. */
export function resolveStackOptions(
  where: string,
  options: RecurrentOptions<HiddenSize>,
  projSize = 0,
): StackOptions {
  const {
    inputSize,
    hiddenSize,
    dropout = 0,
    inputDropout = 0,
    recurrentDropout = 0,
    bidirectional = false,
    goBackwards = false,
    dtype = "float32",
    generator,
  } = options;
  for (const name of ["bias", "batchFirst", "bidirectional", "goBackwards"] as const) {
    checkFlag(where, name, options[name]);
  }
  checkPositive(where, "inputSize", inputSize);
  if (bidirectional && goBackwards) {
    throw new RangeError(
      `${where}: goBackwards is for one direction, but bidirectional reads both ways; leave one of them out`,
    );
  }
  const hiddenSizes = resolveHiddenSizes(where, hiddenSize, options.numLayers);
  checkProjSize(where, projSize, hiddenSizes);
  checkDropout(where, dropout, hiddenSizes.length);
  checkProbability(where, "inputDropout", inputDropout);
  checkProbability(where, "recurrentDropout", recurrentDropout);
  checkParameterOptions(where, dtype, generator);
  return {
    inputSize,
    hiddenSizes,
    hasSizePerLayer: typeof hiddenSize !== "number",
    projSize,
    bias: options.bias ?? true,
    batchFirst: options.batchFirst ?? false,
    dropout,
    inputDropout,
    recurrentDropout,
    directions: bidirectional ? 2 : 1,
    goBackwards,
    dtype,
    generator,
  };
}

/** Checks the values of the options of a cell; `where` is the class that errors name. */
export function resolveCellOptions(where: string, options: CellOptions): SingleStepOptions {
  const { inputSize, hiddenSize, bias = true, dtype = "float32", generator } = options;
  checkPositive(where, "inputSize", inputSize);
  checkPositive(where, "hiddenSize", hiddenSize);
  checkFlag(where, "bias", options.bias);
  checkParameterOptions(where, dtype, generator);
  return { inputSize, hiddenSize, bias, dtype, generator };
}

/** One hidden size per layer. */
function resolveHiddenSizes(where: string, hiddenSize: HiddenSize, numLayers: number | undefined): number[] {
  if (typeof hiddenSize === "number") {
    checkPositive(where, "hiddenSize", hiddenSize);
    checkPositive(where, "numLayers", numLayers ?? 1);
    return new Array<number>(numLayers ?? 1).fill(hiddenSize);
  }
  if (!Array.isArray(hiddenSize) || hiddenSize.length === 0) {
    throw new RangeError(
      `${where}: hiddenSize must be a positive integer or a list with one per layer, got ${JSON.stringify(hiddenSize)}`,
    );
  }
  if (numLayers !== undefined && numLayers !== hiddenSize.length) {
    throw new RangeError(
      `${where}: hiddenSize lists ${hiddenSize.length} layers, but numLayers is ${numLayers}; leave numLayers out`,
    );
  }
  hiddenSize.forEach((size, layer) => {
    checkPositive(where, `hiddenSize[${layer}]`, size);
  });
  return [...hiddenSize];
}

function checkProjSize(where: string, projSize: number, hiddenSizes: readonly number[]): void {
  if (projSize === 0) return;
  checkPositive(where, "projSize", projSize);
  const smallest = Math.min(...hiddenSizes);
  if (projSize >= smallest) {
    throw new RangeError(
      `${where}: projSize must be smaller than hiddenSize, got ${projSize} and ${smallest}`,
    );
  }
}

function checkDropout(where: string, dropout: number, numLayers: number): void {
  checkProbability(where, "dropout", dropout);
  if (dropout > 0 && numLayers === 1) {
    throw new RangeError(
      `${where}: dropout ${dropout} acts between layers and can have no effect with one layer; ` +
        "use numLayers: 2 or more, or a Dropout layer on the output",
    );
  }
}
