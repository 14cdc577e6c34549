import { type Module, noGrad } from "@rnn/nn";
import { checkEvaluate } from "./check-fit.ts";
import { type LossResult, lossOf, MetricSet, type Metrics } from "./metrics.ts";
import { Pacer } from "./pacer.ts";
import { type AbortSignalLike, BatchMean, type BatchSource, batchesOf, weightOf } from "./source.ts";

/**
 * Options of {@link evaluate}.
 *
 * @public
 */
export interface EvaluateOptions<Batch, Name extends string> {
  /** Computes the mean loss of a batch. */
  loss: (batch: Batch) => LossResult;
  /** Metrics to compute from the output and targets that `loss` returns. */
  metrics?: Metrics<Name> | undefined;
  /** Stops the evaluation. */
  signal?: AbortSignalLike | undefined;
  /** Milliseconds of work after which the event loop gets a turn; `Infinity` for never. Default 12. */
  yieldEvery?: number | undefined;
}

/**
 * How well a model does on some batches.
 *
 * @public
 */
export interface Evaluation<Name extends string = never> {
  /** Mean loss. */
  readonly loss: number;
  /** The metrics by name. */
  readonly metrics: Readonly<Record<Name, number>>;
  /** Number of samples (of batches, if these have no `size`). */
  readonly samples: number;
}

/**
 * Computes the mean loss and metrics of a model over batches, in evaluation mode and without recording a graph.
 *
 * @remarks
 * The model is put back into the mode it was in. Means are weighted by the `size` of the batches.
 *
 * @throws TypeError for an argument or option of another kind, or an unknown option.
 * @throws RangeError if there are no batches.
 * @throws the signal's reason when it is aborted.
 *
 * @example
 * ```ts
 * import { bceWithLogits, Linear } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { accuracy, evaluate, tensorBatches } from "@rnn/train";
 *
 * const model = new Linear({ inFeatures: 2, outFeatures: 1 });
 * model.loadStateDict({ weight: tensor([[1, -1]]), bias: tensor([0]) });
 * const batches = tensorBatches(tensor([[3, 1], [0, 2]]), tensor([[1], [1]]), { batchSize: 2, shuffle: false });
 * const { metrics } = await evaluate(model, batches, {
 *   loss: ({ inputs, targets }) => {
 *     const output = model.forward(inputs);
 *     return { loss: bceWithLogits(output, targets), output, targets };
 *   },
 *   metrics: { accuracy },
 * });
 * metrics.accuracy; // => 0.5
 * ```
 *
 * @public
 */
export async function evaluate<Batch, Name extends string = never>(
  model: Module,
  batches: BatchSource<Batch>,
  options: EvaluateOptions<Batch, Name>,
): Promise<Evaluation<Name>> {
  checkEvaluate(model, batches, options);
  const evaluation = await runEvaluation(
    "evaluate",
    model,
    batches,
    options,
    new Pacer(options.yieldEvery ?? 12),
  );
  if (evaluation === null) throw options.signal?.reason ?? new Error("evaluate: aborted");
  return evaluation;
}

/** {@link evaluate} within a run that has its own pace; `null` when aborted. */
export async function runEvaluation<Batch, Name extends string>(
  where: string,
  model: Module,
  source: BatchSource<Batch>,
  { loss, metrics, signal }: EvaluateOptions<Batch, Name>,
  pacer: Pacer,
): Promise<Evaluation<Name> | null> {
  const wasTraining = model.training;
  const mean = new BatchMean();
  const set = new MetricSet(where, metrics);
  model.eval();
  try {
    for await (const batch of batchesOf(source, 1)) {
      if (signal?.aborted) return null;
      const result = noGrad(() => loss(batch));
      mean.add(lossOf(where, result).item(), weightOf(batch));
      set.update(result);
      await pacer.breathe();
    }
  } finally {
    model.train(wasTraining);
  }
  if (signal?.aborted) return null;
  if (mean.weight === 0) throw new RangeError(`${where}: there are no batches to evaluate on`);
  return { loss: mean.value, metrics: set.values, samples: mean.weight };
}
