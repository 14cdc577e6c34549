import { Module } from "@rnn/nn";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { needClass } from "../../library.ts";
import { needProjections } from "../nn/recurrent-layers.ts";
import { compareStateDict } from "../state-dict.ts";
import { seedDefault } from "./draws.ts";

type Arguments = readonly number[];

/** Names of the positional arguments of PyTorch's constructors, as options here. */
const positional: Readonly<Record<string, readonly string[]>> = {
  Linear: ["inFeatures", "outFeatures"],
  Embedding: ["numEmbeddings", "embeddingDim"],
  RNN: ["inputSize", "hiddenSize"],
  LSTM: ["inputSize", "hiddenSize"],
  GRU: ["inputSize", "hiddenSize"],
  RNNCell: ["inputSize", "hiddenSize"],
  LSTMCell: ["inputSize", "hiddenSize"],
  GRUCell: ["inputSize", "hiddenSize"],
  Conv1d: ["inChannels", "outChannels", "kernelSize"],
  LayerNorm: ["normalizedShape"],
};

/** Keyword arguments of PyTorch's constructors, as options here. */
const keywords: Readonly<Record<string, string>> = {
  bias: "bias",
  padding_idx: "paddingIdx",
  num_layers: "numLayers",
  bidirectional: "bidirectional",
  proj_size: "projSize",
};

/** A module whose parameters are drawn from the default generator. */
export function freshModule(
  kind: string,
  args: Arguments,
  kwargs: Readonly<Record<string, unknown>> = {},
): Module {
  const Layer = needClass<new (options: object) => Module>("nn", kind);
  if (kwargs.proj_size) needProjections();
  const names = positional[kind];
  if (!names) throw new Error(`the adapter does not know the arguments of ${kind}`);
  const options = Object.fromEntries(args.map((value, i) => [names[i], value]));
  for (const [name, value] of Object.entries(kwargs)) options[keywords[name] ?? name] = value as number;
  return new Layer(options);
}

/** kinds `init:<Module>`: the parameters a module starts with. */
export const initialParametersCase: GoldenAdapter = golden<{
  seed: number;
  args: Arguments;
  kwargs: Record<string, unknown>;
}>((c, { judge }) => {
  seedDefault(c.config.seed);
  const module = freshModule(c.kind.slice("init:".length), c.config.args, c.config.kwargs);
  compareStateDict(judge, module.stateDict(), c.outputs);
});

/** kind `init:sequence`: several modules made one after the other. */
export const initialSequenceCase: GoldenAdapter = golden<{
  seed: number;
  modules: [name: string, kind: string, args: Arguments][];
}>((c, { judge }) => {
  seedDefault(c.config.seed);
  const model = new Composite(c.config.modules.map(([name, kind, args]) => [name, freshModule(kind, args)]));
  compareStateDict(judge, model.stateDict(), c.outputs);
});

/** Modules held by name, to be listed, not run. */
class Composite extends Module {
  constructor(parts: readonly (readonly [name: string, part: Module])[]) {
    super();
    for (const [name, part] of parts) this.child(name, part);
  }

  override forward(): never {
    throw new Error("a composite only lists its parts");
  }
}
