import { crossEntropy, reshape, type Variable } from "@rnn/nn";
import { slice } from "@rnn/tensor";
import { clipGradNorm, tbptt } from "@rnn/train";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { toTensor } from "../../tensors.ts";
import type { RecurrentState } from "../nn/recurrent-layers.ts";
import { compareOutputs, required, vector } from "../outputs.ts";
import { finalParameters } from "./named-outputs.ts";
import { makeOptimizer, type OptimizerOptions } from "./optimizers.ts";
import { SequenceModel } from "./sequence-model.ts";

interface LanguageModelConfig {
  readonly cell: "RNN" | "LSTM" | "GRU";
  readonly vocab: number;
  readonly embedding: number;
  readonly hidden: number;
  readonly layers?: number;
  /** Tokens per chunk; the last one may be shorter. */
  readonly k: number;
  readonly epochs: number;
  readonly clip_norm: number;
  readonly optimizer: string;
  readonly options: OptimizerOptions;
}

/** kind `train_tbptt`: one update per chunk of `k` tokens, the state carried over detached, reset at each epoch. */
export const languageModelCase: GoldenAdapter = golden<LanguageModelConfig>((c, { judge }) => {
  const { config, inputs, outputs } = c;
  const ids = toTensor(required(inputs, "ids"));
  const targets = toTensor(required(inputs, "targets"));
  const model = new SequenceModel(modelConfig(config), c.params);
  const optimizer = makeOptimizer(config.optimizer, model.parameters(), config.options);
  const losses: number[] = [];
  const norms: number[] = [];
  let last: RecurrentState | undefined;
  for (let epoch = 0; epoch < config.epochs; epoch++) {
    const chunks = tbptt<RecurrentState>({
      length: ids.shape[1] as number,
      k1: config.k,
      forward: (start, end, state) => {
        const result = model.forward(slice(ids, [null, [start, end]]), { state });
        return { output: model.readOut(result.output), state: result.state };
      },
      loss: (logits, start, end) =>
        meanCrossEntropy(logits, slice(targets, [null, [start, end]]), config.vocab),
    });
    for (const { loss, state } of chunks) {
      losses.push(loss);
      norms.push(clipGradNorm(model.parameters(), config.clip_norm));
      optimizer.step();
      optimizer.zeroGrad();
      last = state;
    }
  }
  const state = { ...(last ? { h_n: last.h } : {}), ...(last?.c ? { c_n: last.c } : {}) };
  const results = { losses: vector(losses), norms: vector(norms), ...state, ...finalParameters(model) };
  compareOutputs(judge, results, outputs);
});

function modelConfig(config: LanguageModelConfig): ConstructorParameters<typeof SequenceModel>[0] {
  return {
    cell: config.cell,
    layer: {
      input_size: config.embedding,
      hidden_size: config.hidden,
      num_layers: config.layers ?? 1,
      batch_first: true,
    },
    embedding: { vocab: config.vocab, size: config.embedding },
    outputs: config.vocab,
  };
}

/** Over all tokens of a chunk: logits `[N, k, V]`, targets `[N, k]`. */
function meanCrossEntropy(logits: Variable, targets: Parameters<typeof slice>[0], vocab: number): Variable {
  return crossEntropy(reshape(logits, [-1, vocab]), targets.reshape([-1]));
}
