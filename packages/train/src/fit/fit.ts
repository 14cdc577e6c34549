import type { Module } from "@rnn/nn";
import type { TrainEvent } from "./events.ts";
import type { FitOptions } from "./options.ts";
import { Run } from "./run.ts";
import type { BatchSource } from "./source.ts";

/**
 * Trains a model: epochs over batches, one update per batch, on request with validation, early stopping, clipping and more.
 *
 * @remarks
 * An async iterator of typed events. Nothing happens unless it is iterated; leaving the loop ends the training. What
 * is learned comes from `loss` and `optimizer` alone; two runs from the same seeds give the same weights.
 *
 * After every `yieldEvery` milliseconds of work the event loop gets a turn, so a page stays responsive and a signal can
 * be aborted. One update is never divided.
 *
 * With `validation`, the weights of the best epoch are kept in memory and put into the model at the end, however it
 * ends: after the last epoch, by early stopping, abort, error or leaving the loop (`restoreBest: false` leaves the last
 * weights). With `ema`, all this concerns the averaged weights. The model is left in the mode (training or evaluation) it was in.
 *
 * With `checkpoints`, training that was interrupted continues from the last one and ends with exactly the weights of one that
 * was not: the batches of an unfinished epoch that were done are drawn again and skipped, and all random numbers are those
 * of an uninterrupted run, provided that batches draw from the default generator, from their own
 * (`batches.generator`), or from those listed in `checkpoints.generators`.
 *
 * A loss that is NaN or infinite ends the training. Its batch is then run once more under {@link @rnn/nn#detectAnomaly}, so that
 * the error can name operation, layer, parameter and time step; nothing is paid for that before.
 *
 * @param model - the model; its weights are changed
 * @param batches - training batches, iterated once per epoch
 * @throws TypeError for an argument or option of another kind, an unknown option, one that does nothing without another
 * (`monitor` and `mode` need `validation`; `metrics` need `validation` or `trainMetrics`), an optimizer without a parameter of the
 * model, or a schedule of another optimizer.
 * @throws ShapeError while iterating, for a loss that is not one number.
 * @throws Error while iterating, if the first batch gives no parameter of the optimizer a gradient.
 * @throws RangeError while iterating, after the `end` event, when a loss (or with `clipNorm` the gradient norm) is not a
 * finite number: nothing has been updated with it. Also for options out of range and epochs without batches.
 *
 * @example
 * ```ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * const data = tensorBatches(tensor([[0], [1], [2]]), tensor([[0.5], [2.5], [4.5]]), { batchSize: 3, seed: 0 });
 * for await (const event of fit(model, data, {
 *   optimizer: new SGD(model.parameters(), { learningRate: 0.3 }),
 *   epochs: 100,
 *   loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 * })) {
 *   if (event.type === "end") console.log(event.reason); // completed
 * }
 * model.forward(tensor([[10]])).item(); // => 20.5
 * ```
 *
 * @public
 */
export function fit<Batch, Name extends string = never>(
  model: Module,
  batches: BatchSource<Batch>,
  options: FitOptions<Batch, Name>,
): AsyncGenerator<TrainEvent<Name>, void, undefined> {
  return new Run(model, batches, options).events();
}
