export { AnomalyError, type AnomalyOptions, detectAnomaly } from "./anomaly/detect-anomaly.ts";
export type { BackwardOptions } from "./autograd/backward.ts";
export { isGradEnabled, noGrad } from "./autograd/no-grad.ts";
export { Parameter } from "./autograd/parameter.ts";
export { type Operand, record, recordAll } from "./autograd/record.ts";
export { RowGradient } from "./autograd/row-gradient.ts";
export { Variable, type VariableOptions, variable } from "./autograd/variable.ts";
export { VariableArithmetic } from "./autograd/variable-arithmetic.ts";
export { BagOfWords, type BagOfWordsOptions } from "./baselines/bag-of-words.ts";
export { ConcatMLP, type ConcatMLPOptions, type TextBaselineOptions } from "./baselines/concat-mlp.ts";
export {
  HiddenMarkovModel,
  type HiddenMarkovModelCounts,
  type HiddenMarkovModelFitOptions,
  type HiddenMarkovModelOptions,
} from "./baselines/hidden-markov-model.ts";
export { TextCNN, type TextCNNOptions } from "./baselines/text-cnn.ts";
export type { TextForwardOptions } from "./baselines/texts.ts";
export type { FloatDType } from "./dtype.ts";
export { abs } from "./functional/abs.ts";
export { add } from "./functional/add.ts";
export {
  type Attention,
  type AttentionOptions,
  type DotProductAttentionOptions,
  dotProductAttention,
} from "./functional/attention.ts";
export { type BceWithLogitsOptions, bceWithLogits } from "./functional/bce-with-logits.ts";
export { type BinaryCrossEntropyOptions, binaryCrossEntropy } from "./functional/binary-cross-entropy.ts";
export { cat } from "./functional/cat.ts";
export { chunk } from "./functional/chunk.ts";
export { type ClampOptions, clamp } from "./functional/clamp.ts";
export { type Conv1dFunctionOptions, conv1d } from "./functional/conv1d.ts";
export { cos } from "./functional/cos.ts";
export { type CrossEntropyOptions, crossEntropy } from "./functional/cross-entropy.ts";
export { cumsum } from "./functional/cumsum.ts";
export { div } from "./functional/div.ts";
export { type DropoutFunctionOptions, dropout } from "./functional/dropout.ts";
export { einsum } from "./functional/einsum.ts";
export { elu } from "./functional/elu.ts";
export { type EmbeddingFunctionOptions, embedding } from "./functional/embedding.ts";
export {
  type EmbeddingBagFunctionOptions,
  type EmbeddingBagMode,
  embeddingBag,
} from "./functional/embedding-bag.ts";
export { exp } from "./functional/exp.ts";
export { expand } from "./functional/expand.ts";
export type { Extremum, ExtremumOptions } from "./functional/extremum.ts";
export { flatten } from "./functional/flatten.ts";
export { flip } from "./functional/flip.ts";
export { gather } from "./functional/gather.ts";
export { gelu } from "./functional/gelu.ts";
export { type HuberLossOptions, huberLoss } from "./functional/huber-loss.ts";
export { indexSelect } from "./functional/index-select.ts";
export { type KlDivOptions, klDiv } from "./functional/kl-div.ts";
export { l1Loss } from "./functional/l1-loss.ts";
export { lastStep } from "./functional/last-step.ts";
export { type LayerNormFunctionOptions, layerNorm } from "./functional/layer-norm.ts";
export { leakyRelu } from "./functional/leaky-relu.ts";
export { linear } from "./functional/linear.ts";
export { log } from "./functional/log.ts";
export { logSoftmax } from "./functional/log-softmax.ts";
export { logsumexp } from "./functional/logsumexp.ts";
export type { LossOptions, Reduction } from "./functional/loss-reduction.ts";
export { maskedMean } from "./functional/masked-mean.ts";
export { matmul } from "./functional/matmul.ts";
export { max } from "./functional/max.ts";
export { maxOverTime } from "./functional/max-over-time.ts";
export { maximum } from "./functional/maximum.ts";
export { mean } from "./functional/mean.ts";
export { meanOverTime } from "./functional/mean-over-time.ts";
export { min } from "./functional/min.ts";
export { minimum } from "./functional/minimum.ts";
export { mseLoss } from "./functional/mse-loss.ts";
export { mul } from "./functional/mul.ts";
export { neg } from "./functional/neg.ts";
export { type NllLossOptions, nllLoss } from "./functional/nll-loss.ts";
export { norm } from "./functional/norm.ts";
export { permute } from "./functional/permute.ts";
export { pow } from "./functional/pow.ts";
export { type QuantileLossOptions, quantileLoss } from "./functional/quantile-loss.ts";
export { relu } from "./functional/relu.ts";
export { reshape } from "./functional/reshape.ts";
export { select } from "./functional/select.ts";
export { sequenceMask } from "./functional/sequence-mask.ts";
export { sigmoid } from "./functional/sigmoid.ts";
export { silu } from "./functional/silu.ts";
export { sin } from "./functional/sin.ts";
export { slice } from "./functional/slice.ts";
export { type SmoothL1LossOptions, smoothL1Loss } from "./functional/smooth-l1-loss.ts";
export { softmax } from "./functional/softmax.ts";
export { softplus } from "./functional/softplus.ts";
export { split } from "./functional/split.ts";
export { sqrt } from "./functional/sqrt.ts";
export { squeeze } from "./functional/squeeze.ts";
export { stack } from "./functional/stack.ts";
export { std } from "./functional/std.ts";
export { sub } from "./functional/sub.ts";
export { sum } from "./functional/sum.ts";
export { tanh } from "./functional/tanh.ts";
export type { SequenceLayoutOptions } from "./functional/time-steps.ts";
export { transpose } from "./functional/transpose.ts";
export { unbind } from "./functional/unbind.ts";
export { unsqueeze } from "./functional/unsqueeze.ts";
export { variance } from "./functional/variance.ts";
export { where } from "./functional/where.ts";
export * as init from "./init.ts";
export { ReLU, Sigmoid, Tanh } from "./layers/activations.ts";
export { AdditiveAttention, type AdditiveAttentionOptions } from "./layers/additive-attention.ts";
export { Conv1d, type Conv1dOptions } from "./layers/conv1d.ts";
export { Dropout, type DropoutOptions } from "./layers/dropout.ts";
export { Embedding, type EmbeddingOptions, type EmbeddingRowOptions } from "./layers/embedding.ts";
export { EmbeddingBag, type EmbeddingBagOptions } from "./layers/embedding-bag.ts";
export type { EmbeddingTableOptions } from "./layers/embedding-table.ts";
export { Flatten, type FlattenOptions } from "./layers/flatten.ts";
export { GRU, type GRUOptions, type GRUState, type GRUTrace } from "./layers/gru.ts";
export { GRUCell, type GRUCellOptions } from "./layers/gru-cell.ts";
export { LayerNorm, type LayerNormOptions } from "./layers/layer-norm.ts";
export { LayerNormLSTMCell, type LayerNormLSTMCellOptions } from "./layers/layer-norm-lstm-cell.ts";
export { Linear, type LinearOptions } from "./layers/linear.ts";
export {
  LSTM,
  type LSTMInitialState,
  type LSTMOptions,
  type LSTMState,
  type LSTMTrace,
} from "./layers/lstm.ts";
export { LSTMCell, type LSTMCellOptions } from "./layers/lstm-cell.ts";
export type { ParameterOptions } from "./layers/options.ts";
export type { CellOptions, RecurrentForwardOptions, RecurrentOptions } from "./layers/recurrent-options.ts";
export { RNN, type RNNOptions, type RNNState, type RNNTrace } from "./layers/rnn.ts";
export { RNNCell, type RNNCellOptions } from "./layers/rnn-cell.ts";
export { Sequential, type Step } from "./layers/sequential.ts";
export type { Lengths } from "./lengths.ts";
export { type BufferOptions, Module, type ModuleConfig } from "./module.ts";
export { finalFeatures, type RecurrentResult } from "./recurrent/final-features.ts";
export type { Nonlinearity } from "./recurrent/nonlinearity.ts";
export {
  type PackOptions,
  type PackPaddedOptions,
  packPaddedSequence,
  packSequence,
} from "./recurrent/packed/pack.ts";
export { PackedSequence } from "./recurrent/packed/packed-sequence.ts";
export {
  type PadOptions,
  type PadPackedOptions,
  padPackedSequence,
  padSequence,
} from "./recurrent/packed/pad.ts";
export type { FinalState, LayerState } from "./recurrent/recurrent-state.ts";
export { type ScanCell, type ScanOptions, type ScanState, scan } from "./recurrent/scan.ts";
export type { HiddenSize, InitialLayerStates, LayerStates } from "./recurrent/state.ts";
export { type Streamable, Streaming, type StreamingOptions } from "./recurrent/streams/streaming.ts";
export type { FileBytes } from "./safetensors/bytes.ts";
export { decodeSafetensors, type Safetensors } from "./safetensors/decode.ts";
export { encodeSafetensors, type SafetensorsMetadata } from "./safetensors/encode.ts";
export { SafetensorsError } from "./safetensors/error.ts";
export { loadSafetensors } from "./safetensors/load.ts";
export { type SaveSafetensorsOptions, saveSafetensors } from "./safetensors/save.ts";
export type { LoadStateDictOptions, StateDict, StateDictReport } from "./state-dict.ts";
export { type LayerSummary, type Summary, type SummaryOptions, summary } from "./summary.ts";
