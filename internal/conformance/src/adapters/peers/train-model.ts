import { Embedding, Linear, Module, Variable } from "@rnn/nn";
import type { Tensor } from "@rnn/tensor";
import { toNumbers } from "../../tensors.ts";
import { makeRecurrentLayer, type RecurrentState } from "../nn/recurrent-layers.ts";
import { ComposedLayer, type Mask, type RecurrentSpec } from "./composed-layer.ts";

/** A layer of a training case. */
export type LayerSpec =
  | {
      readonly type: "Embedding";
      readonly num_embeddings: number;
      readonly embedding_dim: number;
      readonly mask_zero?: boolean;
    }
  | {
      readonly type: "Linear";
      readonly in_features: number;
      readonly out_features: number;
      readonly bias: boolean;
    }
  | RecurrentSpec;

/** What goes from layer to layer. */
interface Signal {
  readonly x: Variable;
  /** Which steps are there; absent means all. */
  readonly mask?: Mask | undefined;
}

/** Runs one layer; recurrent ones start from `state` and leave another. */
type Part = (
  signal: Signal,
  state: RecurrentState | undefined,
) => Signal & { readonly state?: RecurrentState };

/** Layers run one after the other; keys are `<layer index>.<name>`. */
export class TrainModel extends Module {
  readonly #parts: readonly Part[];

  constructor(specs: readonly LayerSpec[]) {
    super();
    const hasMask = specs.some((spec) => spec.type === "Embedding" && spec.mask_zero);
    this.#parts = specs.map((spec, i) => {
      if (spec.type === "Embedding")
        return embeddingPart(this.child(String(i), makeEmbedding(spec)), spec.mask_zero ?? false);
      if (spec.type === "Linear") return linearPart(this.child(String(i), makeLinear(spec)));
      return recurrentPart((layer) => this.child(String(i), layer), spec, hasMask);
    });
  }

  /** The output, and the state of every layer that has one. */
  override forward(
    input: Tensor,
    states: readonly (RecurrentState | undefined)[],
  ): { output: Variable; states: (RecurrentState | undefined)[] } {
    let signal: Signal = { x: new Variable(input) };
    const after = this.#parts.map((part, i) => {
      const { state, ...next } = part(signal, states[i]);
      signal = next;
      return state;
    });
    return { output: signal.x, states: after };
  }
}

function makeEmbedding(spec: Extract<LayerSpec, { type: "Embedding" }>): Embedding {
  return new Embedding({ numEmbeddings: spec.num_embeddings, embeddingDim: spec.embedding_dim });
}

function makeLinear(spec: Extract<LayerSpec, { type: "Linear" }>): Linear {
  return new Linear({ inFeatures: spec.in_features, outFeatures: spec.out_features, bias: spec.bias });
}

/** With `maskZero`, index 0 is padding. */
function embeddingPart(embedding: Embedding, maskZero: boolean): Part {
  return ({ x }) => ({ x: embedding.forward(x.value), mask: maskZero ? nonZero(x.value) : undefined });
}

function linearPart(linear: Linear): Part {
  return ({ x, mask }) => ({ x: linear.forward(x), mask });
}

/** The library's own layer where it fits: no mask, and a cell that PyTorch has. */
function recurrentPart(
  register: <M extends Module>(layer: M) => M,
  spec: RecurrentSpec,
  hasMask: boolean,
): Part {
  const isOwn = !hasMask && (spec.type === "RNN" || spec.type === "LSTM" || spec.type === "GRU");
  const layer = register(isOwn ? makeRecurrentLayer(spec.type, spec.config) : new ComposedLayer(spec));
  const lastOf = ({ h }: RecurrentState): Variable => (isOwn ? h.select(0, -1) : h);
  return ({ x, mask }, before) => {
    const { output, state } = layer.forward(x, { state: before, mask } as object);
    return spec.take === "last" ? { x: lastOf(state), state } : { x: output, mask, state };
  };
}

function nonZero(ids: Tensor): Mask {
  const [rows, length] = ids.shape as [number, number];
  const { data } = toNumbers(ids);
  return Array.from({ length: rows }, (_, n) => Array.from({ length }, (_, t) => data[n * length + t] !== 0));
}
