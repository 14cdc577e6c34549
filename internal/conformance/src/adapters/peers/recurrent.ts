import { add, chunk, div, mul, select, Variable } from "@rnn/nn";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { StoredTensor, StoredTensors, Tolerance } from "../../cases.ts";
import { toTensor, toTensors } from "../../tensors.ts";
import { NotApplicable } from "../../verdict.ts";
import {
  initialState,
  type RecurrentConfig,
  type RecurrentState,
  recurrentLayer,
} from "../nn/recurrent-layers.ts";
import { compareOutputs, type Outputs } from "../outputs.ts";
import { type NativeRecurrent, runNative } from "./onnx-recurrent.ts";

interface RecurrentCase {
  readonly op: string;
  /** Absent: the case cannot be said with PyTorch's modules. */
  readonly torch?: TorchRecurrent;
  /** The case as its own project holds it. */
  readonly native?: NativeRecurrent;
}

interface LayerWithWeights {
  readonly module: string;
  readonly config: RecurrentConfig;
  readonly state_dict: StoredTensors;
}

interface TorchRecurrent extends LayerWithWeights {
  readonly input: StoredTensor;
  /** Per row, in any order; outputs past them are 0. */
  readonly lengths: number[] | null;
  readonly h0: StoredTensor | null;
  readonly c0?: StoredTensor | null;
  /** How often the layer is called, each time from the state the call before left. Default 1. */
  readonly calls?: number;
  readonly expected: StoredTensors;
  readonly tol: Tolerance;
}

/** kind `recurrent`: a layer with given weights over a sequence. */
export const peerRecurrentCase: PeerAdapter = peer<RecurrentCase>((c, { judge }) => {
  if (c.torch) compareOutputs(judge, runTorch(c.torch), c.torch.expected, c.torch.tol);
  else if (c.native) runNative(judge, c.op, c.native);
  else throw new NotApplicable(c.not_torch ?? "the case has no layer");
});

function runTorch(c: TorchRecurrent): Outputs {
  const layer = recurrentLayer(c.module, c.config, toTensors(c.state_dict));
  const input = toTensor(c.input);
  const lengths = c.lengths ?? undefined;
  let state = initialState(c.h0 ? toTensor(c.h0) : undefined, c.c0 ? toTensor(c.c0) : undefined);
  let output = new Variable(input);
  for (let call = 0; call < (c.calls ?? 1); call++)
    ({ output, state } = layer.forward(input, { state, lengths }));
  if (!state) throw new Error("the layer was never called");
  return { output, h_n: state.h, ...(state.c ? { c_n: state.c } : {}), ...views(output, state.h, c.config) };
}

/** The forms in which other projects assert the last layer and the two directions. */
function views(output: Variable, h: Variable, { bidirectional = false }: RecurrentConfig): Outputs {
  const last = select(h, 0, -1);
  if (!bidirectional) return { h_n_last_layer: last };
  const forward = select(h, 0, -2);
  const [ahead, back] = chunk(output, 2, -1) as [Variable, Variable];
  return {
    output_dir_sum: add(ahead, back),
    h_n_dir_mean: div(add(forward, last), 2),
    h_n_dir_mul: mul(forward, last),
  };
}

interface RecurrentStackCase {
  readonly layers: LayerWithWeights[];
  readonly input: StoredTensor;
  readonly calls?: number;
  /** Keys `layer<i>.output` and `layer<i>.h_n`. */
  readonly expected: StoredTensors;
}

/** kind `recurrent_stack`: layers of different sizes run one after the other. */
export const recurrentStackCase: PeerAdapter = peer<RecurrentStackCase>((c, { judge }) => {
  const layers = c.layers.map(({ module, config, state_dict }) =>
    recurrentLayer(module, config, toTensors(state_dict)),
  );
  const states: (RecurrentState | undefined)[] = layers.map(() => undefined);
  const outputs: Record<string, Variable> = {};
  for (let call = 0; call < (c.calls ?? 1); call++) {
    let input = new Variable(toTensor(c.input));
    layers.forEach((layer, i) => {
      const { output, state } = layer.forward(input, { state: states[i] });
      outputs[`layer${i}.output`] = input = output;
      outputs[`layer${i}.h_n`] = state.h;
      states[i] = state;
    });
  }
  compareOutputs(judge, outputs, c.expected);
});
