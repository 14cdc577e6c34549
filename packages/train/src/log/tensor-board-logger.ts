import { checkFunction, checkOptions } from "../check.ts";
import type { TrainEvent } from "../fit/events.ts";
import { encodeRecord } from "./event-record.ts";
import type { Logger } from "./logger.ts";
import { open } from "./sink.ts";

/**
 * Where a logger writes bytes: a stream, or any object with this method.
 *
 * @public
 */
export interface ByteSink {
  /** Takes in the next piece. */
  write(bytes: Uint8Array): unknown;
}

/**
 * Writes an event file that TensorBoard shows: losses, metrics, learning rate and gradient norm over the steps.
 *
 * @remarks
 * Tags: `loss/step`, `learning_rate` and `gradient_norm` for every step; `loss/train` and `loss/validation` for every epoch, at
 * its last step, with `<name>/train` and `<name>/validation` of every metric. Each training gets a file of its own in the folder;
 * show it with `tensorboard --logdir FOLDER`.
 *
 * @param to - a folder, in Node, Bun and Deno, or a stream
 * @param options - `seconds`: a clock, seconds since 1970
 * @throws TypeError for an argument of another kind or an unknown option.
 *
 * @example
 * ```ts
 * import { tensorBoardLogger } from "@rnn/train/log";
 *
 * const records: Uint8Array[] = [];
 * const logger = tensorBoardLogger({ write: (bytes) => records.push(bytes) });
 * logger.log({ type: "start", epochs: 2, batches: 100, parameters: 50, steps: 0 });
 * const losses = { epoch: 1, epochs: 2, trainLoss: 0.7, trainMetrics: null, validation: null, isBest: false, learningRate: 0.1, seconds: 9 };
 * logger.log({ type: "epoch", ...losses });
 * records.length; // the file's version, and one event => 2
 * ```
 *
 * @public
 */
export function tensorBoardLogger(
  to: string | ByteSink,
  options: { seconds?: (() => number) | undefined } = {},
): Logger {
  const where = "tensorBoardLogger";
  checkOptions(where, options, { seconds: true });
  const { seconds = () => Date.now() / 1000 } = options;
  checkFunction(where, "seconds", seconds);
  const begun = seconds();
  // TensorBoard looks for "tfevents" in the name
  const path = typeof to === "string" ? `${to}/events.out.tfevents.${begun.toFixed(3)}.rnn` : to;
  const target = open<Uint8Array>(where, path);
  target.write(encodeRecord({ wallTime: begun, fileVersion: "brain.Event:2" }));
  let step = 0;
  return {
    log(event) {
      if (event.type === "start") step = event.steps;
      if (event.type === "step") step = event.step;
      const scalars = scalarsOf(event);
      if (scalars.length > 0) target.write(encodeRecord({ wallTime: seconds(), step, scalars }));
    },
    close: () => target.close(),
  };
}

function scalarsOf(event: TrainEvent<string>): [tag: string, value: number][] {
  if (event.type === "step") {
    const { loss, learningRate, gradientNorm } = event;
    return [
      ["loss/step", loss],
      ["learning_rate", learningRate],
      ...(gradientNorm === null ? [] : [["gradient_norm", gradientNorm] as [string, number]]),
    ];
  }
  if (event.type !== "epoch") return [];
  const { trainLoss, trainMetrics, validation } = event;
  return [
    ["loss/train", trainLoss],
    ...(validation === null ? [] : [["loss/validation", validation.loss] as [string, number]]),
    ...scalarsOfMetrics("train", trainMetrics),
    ...scalarsOfMetrics("validation", validation?.metrics),
  ];
}

function scalarsOfMetrics(
  part: "train" | "validation",
  metrics: Readonly<Record<string, number>> | null | undefined,
): [tag: string, value: number][] {
  return Object.entries(metrics ?? {}).map(([name, value]) => [`${name}/${part}`, value]);
}
