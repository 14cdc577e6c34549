import type { Module, Variable } from "@rnn/nn";
import { Generator, Tensor, tensor } from "@rnn/tensor";
import { type Context, type GoldenAdapter, golden } from "../../adapter.ts";
import type { GoldenCase, StoredTensors } from "../../cases.ts";
import { needOption } from "../../features.ts";
import { needClass } from "../../library.ts";
import { toOperands, toTensors, type Value } from "../../tensors.ts";
import { compare } from "../differentiate.ts";
import { parametersByName } from "./recurrent-layers.ts";

interface Layer extends Module {
  forward(input: Value): Variable;
}

/** A layer by its class name, with the weights of a case. */
function layer(name: string, options: object, params: StoredTensors): Layer {
  const made = new (needClass<new (options: object) => Layer>("nn", name))(options);
  made.loadStateDict(toTensors(params));
  return made;
}

interface LinearConfig {
  readonly in_features: number;
  readonly out_features: number;
  readonly bias: boolean;
}

/** kind `Linear`. */
export const linearCase: GoldenAdapter = golden<LinearConfig>((c, context) => {
  const { in_features: inFeatures, out_features: outFeatures, bias } = c.config;
  run(c, context, layer("Linear", { inFeatures, outFeatures, bias }, c.params));
});

interface EmbeddingConfig {
  readonly num_embeddings: number;
  readonly embedding_dim: number;
  readonly padding_idx?: number;
  readonly max_norm?: number;
  readonly norm_type?: number;
}

/** kind `Embedding`: with `max_norm` the rows that are looked up are rescaled in place first. */
export const embeddingCase: GoldenAdapter = golden<EmbeddingConfig>((c, context) => {
  const { num_embeddings, embedding_dim, padding_idx, max_norm, norm_type } = c.config;
  if (max_norm !== undefined) needOption("Embedding option maxNorm", rescalesRows);
  const options = {
    numEmbeddings: num_embeddings,
    embeddingDim: embedding_dim,
    ...(padding_idx === undefined ? {} : { paddingIdx: padding_idx }),
    ...(max_norm === undefined ? {} : { maxNorm: max_norm, normType: norm_type }),
  };
  run(c, context, layer("Embedding", options, c.params), "weight_after");
});

/** A row of norm 5 is not of norm 5 after a lookup with `maxNorm: 1`. */
function rescalesRows(): boolean {
  const weight = tensor([[3, 4]]);
  const embedding = new (needClass("nn", "Embedding"))({
    numEmbeddings: 1,
    embeddingDim: 2,
    maxNorm: 1,
    generator: new Generator(0),
  });
  embedding.loadStateDict({ weight });
  embedding.forward(new Tensor(Int32Array.of(0), [1]));
  return embedding.stateDict().get("weight").toArray()[0][0] !== 3;
}

interface Conv1dConfig {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly groups: number;
  readonly bias: boolean;
}

/** kind `Conv1d`. */
export const conv1dCase: GoldenAdapter = golden<Conv1dConfig>((c, context) => {
  const { in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias } = c.config;
  const options = {
    inChannels: in_channels,
    outChannels: out_channels,
    kernelSize: kernel_size,
    stride,
    padding,
    dilation,
    groups,
    bias,
  };
  run(c, context, layer("Conv1d", options, c.params));
});

interface LayerNormConfig {
  readonly normalized_shape: number[];
  readonly eps: number;
  readonly elementwise_affine: boolean;
}

/** kind `LayerNorm`. */
export const layerNormCase: GoldenAdapter = golden<LayerNormConfig>((c, context) => {
  const { normalized_shape: normalizedShape, eps, elementwise_affine: elementwiseAffine } = c.config;
  run(c, context, layer("LayerNorm", { normalizedShape, eps, elementwiseAffine }, c.params));
});

/** kind `Dropout`: the settings whose result does not depend on chance. */
export const dropoutCase: GoldenAdapter = golden<{ p: number; training: boolean }>((c, context) => {
  run(c, context, layer("Dropout", { p: c.config.p }, {}).train(c.config.training));
});

/** Runs a layer of one input; `weightAfter` names an output that is the layer's weight after the call. */
function run(c: GoldenCase<unknown>, context: Context, made: Layer, weightAfter?: string): void {
  const inputs = toOperands(c.inputs, c.grads.inputs);
  const output = made.forward(inputs.input as Value);
  const params = parametersByName(made);
  const outputs: Record<string, Value> = { output };
  if (weightAfter !== undefined && params.weight) outputs[weightAfter] = params.weight;
  compare(c, context, { outputs, inputs, params });
}
