import type { GoldenAdapter, PeerAdapter } from "../adapter.ts";
import { oneHotExampleCase, parameterCountsCase } from "./lecture/layer-examples.ts";
import { bagOfWordsExampleCase, vocabularyExampleCase } from "./lecture/text-examples.ts";
import { workedExampleCase } from "./lecture/worked-example.ts";
import { cellCase } from "./nn/cells.ts";
import { conv1dCase, dropoutCase, embeddingCase, layerNormCase, linearCase } from "./nn/layers.ts";
import { lossCase, lossNames } from "./nn/losses.ts";
import { recurrentCase } from "./nn/recurrent.ts";
import { opCase } from "./onnx/op-case.ts";
import { broadcastShapesCase, broadcastToCase } from "./peers/broadcasting.ts";
import { peerClipCase } from "./peers/clip.ts";
import { hmmCase } from "./peers/hmm.ts";
import { peerLossCase } from "./peers/losses.ts";
import { onnxOptimizerCase } from "./peers/onnx-optimizer.ts";
import { optimizerScalarCase, peerOptimizerCase } from "./peers/optimizers.ts";
import { peerRecurrentCase, recurrentStackCase } from "./peers/recurrent.ts";
import { peerTrainCase } from "./peers/train.ts";
import { drawSequenceCase, fillCase, randintCase, randpermCase } from "./random/draws.ts";
import { initialParametersCase, initialSequenceCase } from "./random/initial-parameters.ts";
import { initialiserCase } from "./random/initialisers.ts";
import { operationNames } from "./tensor/operations.ts";
import { gradientCase, graphCase, tensorCase } from "./tensor/tensor-case.ts";
import { countVectorizerCase } from "./text/count-vectorizer.ts";
import {
  customReplaceCase,
  ngramsCase,
  pipelineCase,
  tokenizerCase,
  tokenizerErrorCase,
} from "./text/peer-tokens.ts";
import { transformCase } from "./text/peer-transforms.ts";
import { peerVocabCase } from "./text/peer-vocab.ts";
import { tfidfCase } from "./text/tfidf.ts";
import { basicEnglishCase } from "./text/tokens.ts";
import { vectorizeCase } from "./text/vectorize.ts";
import { vocabCase, vocabEditCase } from "./text/vocab.ts";
import { classifierCase } from "./train/classifier.ts";
import { clipGradNormCase, clipGradValueCase } from "./train/clip.ts";
import { languageModelCase } from "./train/language-model.ts";
import { longGradientCase } from "./train/long-gradient.ts";
import { optimizerCase } from "./train/optimizer-case.ts";
import { schedulerCase } from "./train/schedulers.ts";

/** The adapter for a kind of golden case. */
export function goldenAdapter(kind: string): GoldenAdapter | undefined {
  return byKind.get(kind) ?? byPrefix.find(([prefix]) => kind.startsWith(prefix))?.[1];
}

/** The adapter for a kind of case from another project. */
export function peerAdapter(kind: string): PeerAdapter | undefined {
  return peers.get(kind);
}

const peers = new Map<string, PeerAdapter>([
  ["tokenizer", tokenizerCase],
  ["tokenizer_error", tokenizerErrorCase],
  ["pipeline", pipelineCase],
  ["ngrams", ngramsCase],
  ["custom_replace", customReplaceCase],
  ["transform", transformCase],
  ["vocab", peerVocabCase],
  ["recurrent", peerRecurrentCase],
  ["recurrent_stack", recurrentStackCase],
  ["train", peerTrainCase],
  ["loss", peerLossCase],
  ["clip", peerClipCase],
  ["optimizer", peerOptimizerCase],
  ["optimizer_scalar", optimizerScalarCase],
  ["onnx_optimizer", onnxOptimizerCase],
  ["op", opCase],
  ["hmm", hmmCase],
  ["broadcast_shapes", broadcastShapesCase],
  ["broadcast_to", broadcastToCase],
  ["count_vectorizer", countVectorizerCase],
  ["tfidf", tfidfCase],
]);

const byKind = new Map<string, GoldenAdapter>([
  ...operationNames.map((name): [string, GoldenAdapter] => [name, tensorCase]),
  ["graph", graphCase],
  ["RNN", recurrentCase],
  ["LSTM", recurrentCase],
  ["GRU", recurrentCase],
  ["RNNCell", cellCase],
  ["LSTMCell", cellCase],
  ["GRUCell", cellCase],
  ["Linear", linearCase],
  ["Embedding", embeddingCase],
  ["Conv1d", conv1dCase],
  ["LayerNorm", layerNormCase],
  ["Dropout", dropoutCase],
  ...lossNames.map((name): [string, GoldenAdapter] => [name, lossCase]),
  ["clip_grad_norm_", clipGradNormCase],
  ["clip_grad_value_", clipGradValueCase],
  ["optimizer", optimizerCase],
  ["scheduler", schedulerCase],
  ["train_classifier", classifierCase],
  ["train_tbptt", languageModelCase],
  ["long_gradient", longGradientCase],
  ["rand", fillCase],
  ["randn", fillCase],
  ["randint", randintCase],
  ["randperm", randpermCase],
  ["sequence", drawSequenceCase],
  ["init:sequence", initialSequenceCase],
  ["lecture:rnn", workedExampleCase],
  ["lecture:vocab", vocabularyExampleCase],
  ["lecture:bag_of_words", bagOfWordsExampleCase],
  ["lecture:parameter_counts", parameterCountsCase],
  ["lecture:one_hot", oneHotExampleCase],
  ["basic_english", basicEnglishCase],
  ["vocab", vocabCase],
  ["vocab_edit", vocabEditCase],
  ["vectorize", vectorizeCase],
]);

const byPrefix: readonly [prefix: string, adapter: GoldenAdapter][] = [
  ["op:", gradientCase],
  ["init:", initialParametersCase],
  ["nn.init.", initialiserCase],
];
