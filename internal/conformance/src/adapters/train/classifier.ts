import { bceWithLogits, cat, select, squeeze, type Variable } from "@rnn/nn";
import { clipGradNorm, clipGradValue } from "@rnn/train";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { toTensor } from "../../tensors.ts";
import { compareOutputs, required, vector } from "../outputs.ts";
import { finalParameters } from "./named-outputs.ts";
import { makeOptimizer, type OptimizerOptions } from "./optimizers.ts";
import { SequenceModel } from "./sequence-model.ts";

interface ClassifierConfig {
  readonly cell: "RNN" | "LSTM" | "GRU";
  readonly vocab: number;
  readonly embedding: number;
  readonly hidden: number;
  readonly layers?: number;
  readonly bidirectional?: boolean;
  readonly padding_idx?: number;
  readonly lengths?: number[];
  readonly steps: number;
  readonly optimizer: string;
  readonly options: OptimizerOptions;
  readonly clip_norm?: number;
  readonly clip_value?: number;
}

/** kind `train_classifier`: full-batch training on the last layer's final hidden state. */
export const classifierCase: GoldenAdapter = golden<ClassifierConfig>((c, { judge }) => {
  const { config, inputs, outputs } = c;
  const ids = toTensor(required(inputs, "ids"));
  const labels = toTensor(required(inputs, "labels"));
  const model = new SequenceModel(modelConfig(config), c.params);
  const optimizer = makeOptimizer(config.optimizer, model.parameters(), config.options);
  const losses: number[] = [];
  let first: Variable | undefined;
  for (let step = 0; step < config.steps; step++) {
    optimizer.zeroGrad();
    const { state } = model.forward(ids, { lengths: config.lengths });
    const logits = squeeze(model.readOut(finalHidden(state.h, config)), 1);
    first ??= logits;
    const loss = bceWithLogits(logits, labels);
    loss.backward();
    if (config.clip_norm !== undefined) clipGradNorm(model.parameters(), config.clip_norm);
    if (config.clip_value !== undefined) clipGradValue(model.parameters(), config.clip_value);
    optimizer.step();
    losses.push(loss.item());
  }
  const results = {
    losses: vector(losses),
    ...(first ? { first_logits: first } : {}),
    ...finalParameters(model),
  };
  compareOutputs(judge, results, outputs);
});

function modelConfig(config: ClassifierConfig): ConstructorParameters<typeof SequenceModel>[0] {
  return {
    cell: config.cell,
    layer: {
      input_size: config.embedding,
      hidden_size: config.hidden,
      num_layers: config.layers ?? 1,
      bidirectional: config.bidirectional ?? false,
      batch_first: true,
    },
    embedding: { vocab: config.vocab, size: config.embedding, paddingIdx: config.padding_idx },
    outputs: 1,
  };
}

/** `[N, D * H]`: the last layer's final state, both directions side by side. */
function finalHidden(h: Variable, { bidirectional }: ClassifierConfig): Variable {
  return bidirectional ? cat([select(h, 0, -2), select(h, 0, -1)], 1) : select(h, 0, -1);
}
