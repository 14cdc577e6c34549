import { type Module, type Parameter, Variable } from "@rnn/nn";
import { type DType, Generator, type Tensor } from "@rnn/tensor";
import { needOption } from "../../features.ts";
import { needClass } from "../../library.ts";
import type { Value } from "../../tensors.ts";

/** A recurrent layer's arguments in PyTorch's spelling. */
export interface RecurrentConfig {
  readonly input_size: number;
  readonly hidden_size: number;
  readonly num_layers?: number;
  readonly bias?: boolean;
  readonly batch_first?: boolean;
  readonly bidirectional?: boolean;
  readonly nonlinearity?: "tanh" | "relu";
  /** 0 means none. */
  readonly proj_size?: number;
  readonly dropout?: number;
}

/** The hidden state of a layer, and the cell state of an LSTM. */
export interface RecurrentState {
  readonly h: Variable;
  readonly c?: Variable;
}

/** What the cases need of RNN, LSTM and GRU. */
export interface RecurrentLayer extends Module {
  forward(
    input: Value,
    options?: { state?: RecurrentState | undefined; lengths?: readonly number[] | undefined },
  ): { output: Variable; state: RecurrentState };
}

/** A layer with the weights of a case, in evaluation mode like the layers that made the numbers. */
export function recurrentLayer(
  kind: string,
  config: RecurrentConfig,
  weights: Readonly<Record<string, Tensor>>,
): RecurrentLayer {
  const layer = makeRecurrentLayer(kind, config, Object.values(weights)[0]?.dtype);
  layer.loadStateDict(weights);
  return layer;
}

/** A layer in evaluation mode, from PyTorch's arguments. */
export function makeRecurrentLayer(kind: string, config: RecurrentConfig, dtype?: DType): RecurrentLayer {
  const Layer = needClass<new (options: object) => RecurrentLayer>("nn", kind);
  if (config.proj_size) needProjections();
  const layer = new Layer({
    inputSize: config.input_size,
    hiddenSize: config.hidden_size,
    numLayers: config.num_layers,
    bias: config.bias,
    batchFirst: config.batch_first,
    bidirectional: config.bidirectional,
    dropout: config.dropout,
    dtype,
    ...(config.nonlinearity === undefined ? {} : { nonlinearity: config.nonlinearity }),
    ...(config.proj_size ? { projSize: config.proj_size } : {}),
  });
  return layer.eval();
}

/**
 * Stops the case unless LSTM takes `projSize`: it then has weights for the projection.
 *
 * @throws NotApplicable if it does not.
 */
export function needProjections(): void {
  const LSTM = needClass<new (options: object) => Module>("nn", "LSTM");
  // with a generator of its own: a case may have seeded the default one
  const options = { inputSize: 1, hiddenSize: 2, projSize: 1, generator: new Generator(0) };
  needOption("LSTM option projSize", () => new LSTM(options).stateDict().has("weight_hr_l0"));
}

/** The initial state of a case: `h0`, and `c0` if there is one. */
export function initialState(h0: Value | undefined, c0: Value | undefined): RecurrentState | undefined {
  if (!h0) return undefined;
  return { h: asVariable(h0), ...(c0 ? { c: asVariable(c0) } : {}) };
}

/** Parameters by their state-dict names. */
export function parametersByName(module: Module): Record<string, Parameter> {
  return Object.fromEntries(module.namedParameters());
}

function asVariable(x: Value): Variable {
  return x instanceof Variable ? x : new Variable(x);
}
