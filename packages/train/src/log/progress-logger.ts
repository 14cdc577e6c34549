import type { EpochEvent } from "../fit/events.ts";
import { duration } from "./format.ts";
import type { Logger } from "./logger.ts";
import { checkOutput, Progress, type ProgressOutput } from "./progress.ts";

/**
 * Shows a training: a bar with rate and time left on a terminal (elsewhere a line every ten seconds), a line for every epoch and
 * one for the end.
 *
 * @remarks
 * The time left is for all epochs: a limit, for training may end before.
 *
 * @param output - where to show it, such as `process.stderr`
 * @throws TypeError if `output` cannot be written to.
 *
 * @example
 * ```ts
 * import { progressLogger } from "@rnn/train/log";
 *
 * const written: string[] = [];
 * const logger = progressLogger({ write: (text) => written.push(text) });
 * logger.log({ type: "start", epochs: 2, batches: 100, parameters: 50, steps: 0 });
 * const epoch = { epoch: 1, epochs: 2, trainLoss: 0.71, trainMetrics: null, isBest: true, learningRate: 0.1, seconds: 1.5 };
 * const validation = { loss: 0.65, metrics: { accuracy: 0.8 }, samples: 40 };
 * logger.log({ type: "epoch", ...epoch, validation });
 * written; // => ["epoch 1/2  loss 0.7100  validation loss 0.6500  accuracy 0.800  1.5 s  best so far\n"]
 * ```
 *
 * @public
 */
export function progressLogger(output: ProgressOutput): Logger {
  checkOutput("progressLogger", output);
  const progressOf = (total: number | null) =>
    new Progress(output, { total, unit: "batches", mayEndEarly: true });
  let progress = progressOf(null);
  let perEpoch: number | null = null;
  let epochs = 0;
  let before = 0;
  const say = (line: string) => {
    progress.clear();
    output.write(`${line}\n`);
  };
  return {
    log(event) {
      if (event.type === "start") {
        ({ epochs, batches: perEpoch } = event);
        progress = progressOf(perEpoch === null ? null : epochs * perEpoch);
        before = -1;
      } else if (event.type === "step") {
        const done = perEpoch === null ? event.step : (event.epoch - 1) * perEpoch + event.batch;
        if (before < 0) progress.begin((before = done - 1));
        progress.update({
          title: `epoch ${event.epoch}/${epochs}`,
          done,
          note: `loss ${event.loss.toFixed(4)}`,
        });
      } else if (event.type === "epoch") {
        say(epochLine(event));
      } else if (event.type === "end") {
        say(`${event.message} (${duration(event.seconds)})`);
      } else if (event.type === "notice") {
        say(event.message);
      }
    },
    close: () => progress.clear(),
  };
}

function epochLine(event: EpochEvent<string>): string {
  const { epoch, epochs, trainLoss, trainMetrics, validation, isBest } = event;
  const facts = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `loss ${trainLoss.toFixed(4)}`,
    ...metricFacts(trainMetrics),
  ];
  if (validation !== null) {
    facts.push(`validation loss ${validation.loss.toFixed(4)}`, ...metricFacts(validation.metrics));
  }
  facts.push(duration(event.seconds));
  if (isBest) facts.push("best so far");
  return facts.join("  ");
}

function metricFacts(metrics: Readonly<Record<string, number>> | null): string[] {
  return Object.entries(metrics ?? {}).map(([name, value]) => `${name} ${value.toFixed(3)}`);
}
