import { crossEntropy } from "@rnn/nn";
import type { Generator } from "@rnn/tensor";
import {
  type AbortSignalLike,
  Adam,
  CarriedState,
  type CheckpointStore,
  fit,
  type LaneBatch,
  type LossResult,
  LRScheduler,
  lambdaLR,
  laneBatches,
  SGD,
  type TrainEvent,
} from "@rnn/train";
import type { Corpus } from "./corpus.ts";
import type { LanguageModel, LanguageModelState } from "./model.ts";
import { SCALES, scaleMetric } from "./scale.ts";
import type { TrainOptions } from "./train-options.ts";

/** Lanes of validation and test: few, so that little context is lost where they begin. */
const JUDGED_LANES = 10;
/** Updates between two checkpoints. */
const SAVED_EVERY = 200;

/** The loss of windows that follow one another; also for `evaluate`. */
export class WindowLoss {
  /** The state after the last window. */
  readonly carried: CarriedState<LanguageModelState> = new CarriedState();
  readonly #model: LanguageModel;

  constructor(model: LanguageModel) {
    this.#model = model;
  }

  /** Mean cross-entropy of a window in nats, with what metrics are computed from. */
  of(batch: LaneBatch): Exclude<LossResult, { backward: unknown }> {
    const { output, state } = this.#model.forward(batch.inputs, { state: this.carried.before(batch) });
    this.carried.after(state);
    const logits = output.reshape([-1, this.#model.config.tokens]);
    const targets = batch.targets.reshape([-1]);
    return { loss: crossEntropy(logits, targets), output: logits, targets };
  }
}

/** The windows of a text that is judged. */
export function judgedBatches(ids: Int32Array, sequenceLength: number): Iterable<LaneBatch> {
  // a lane needs two units
  const batchSize = Math.max(1, Math.min(JUDGED_LANES, Math.floor(ids.length / 2)));
  return laneBatches(ids, { batchSize, sequenceLength });
}

/** Trains by truncated backpropagation: windows of all lanes, one update for each, the state carried on. */
export function trainLanguageModel(
  model: LanguageModel,
  { parts, units }: Corpus,
  options: TrainOptions,
  generator: Generator,
  signal: AbortSignalLike,
  store: CheckpointStore | undefined,
): AsyncGenerator<TrainEvent<string>> {
  const { clip, decay, epochs, patience } = options;
  const sequenceLength = options["sequence-length"];
  const rule = { learningRate: options["learning-rate"] };
  const parameters = model.parameters();
  const optimizer = options.optimizer === "sgd" ? new SGD(parameters, rule) : new Adam(parameters, rule);
  const loss = new WindowLoss(model);
  const scale = SCALES[units];
  return fit(model, laneBatches(parts.train, { batchSize: options["batch-size"], sequenceLength }), {
    optimizer,
    epochs,
    loss: (batch) => loss.of(batch),
    validation: judgedBatches(parts.validation, sequenceLength),
    metrics: { [scale.title]: () => scaleMetric(scale) },
    earlyStopping: { patience },
    schedule: new LRScheduler(
      optimizer,
      lambdaLR((epoch) => decay ** Math.max(0, epoch + 1 - options["decay-after"])),
    ),
    clipNorm: clip,
    signal,
    checkpoints:
      store === undefined
        ? undefined
        : {
            store,
            everySteps: SAVED_EVERY,
            generators: [generator],
            also: { carried: loss.carried },
          },
  });
}
