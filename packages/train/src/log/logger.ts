import { checkFunction, checkList } from "../check.ts";
import type { TrainEvent } from "../fit/events.ts";

/**
 * Receives the events of a training, to show or to save them.
 *
 * @public
 */
export interface Logger {
  /** Receives one event. */
  log(event: TrainEvent<string>): void | Promise<void>;
  /** Called once after the last event, however training ended. */
  close?(): void | Promise<void>;
}

/**
 * Passes the events of `fit` on, and to several loggers on the way.
 *
 * @remarks
 * The loggers see an event before the loop does, in the order given. An error of a logger ends the training.
 *
 * @param events - what `fit` returned
 * @param loggers - the loggers, closed at the end
 * @throws TypeError if `loggers` is not a list of loggers.
 *
 * @example
 * ```ts
 * import { Linear, mseLoss } from "@rnn/nn";
 * import { tensor } from "@rnn/tensor";
 * import { fit, SGD, tensorBatches } from "@rnn/train";
 * import { jsonLinesLogger, logTo } from "@rnn/train/log";
 *
 * const model = new Linear({ inFeatures: 1, outFeatures: 1 });
 * const data = tensorBatches(tensor([[0], [1]]), tensor([[1], [3]]), { batchSize: 2 });
 * const lines: string[] = [];
 * const events = fit(model, data, {
 *   optimizer: new SGD(model.parameters()),
 *   epochs: 2,
 *   loss: ({ inputs, targets }) => mseLoss(model.forward(inputs), targets),
 * });
 * for await (const event of logTo(events, [jsonLinesLogger({ write: (line) => lines.push(line) })])) {
 *   if (event.type === "end") console.log(event.message);
 * }
 * lines.length; // start, step, epoch, step, epoch, end => 6
 * ```
 *
 * @public
 */
export async function* logTo<Event extends TrainEvent<string>>(
  events: AsyncIterable<Event>,
  loggers: readonly Logger[],
): AsyncGenerator<Event, void, undefined> {
  checkList("logTo", "loggers", loggers, "loggers");
  for (const [k, logger] of loggers.entries())
    checkFunction("logTo", `loggers[${k}].log`, Object(logger).log);
  try {
    for await (const event of events) {
      for (const logger of loggers) await logger.log(event);
      yield event;
    }
  } finally {
    await closeAll(loggers);
  }
}

/** Closes every logger; if some cannot be closed, throws the error of the first of them. */
async function closeAll(loggers: readonly Logger[]): Promise<void> {
  const errors: unknown[] = [];
  for (const logger of loggers) {
    try {
      await logger.close?.();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}
