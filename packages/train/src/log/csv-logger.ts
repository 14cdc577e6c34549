import { checkChoice, checkOptions } from "../check.ts";
import type { EpochEvent, StepEvent } from "../fit/events.ts";
import type { Logger } from "./logger.ts";
import { open, type TextSink } from "./sink.ts";

/**
 * Writes a table of comma-separated values: one row per epoch, or one per step.
 *
 * @remarks
 * Epochs have the columns `epoch`, `trainLoss`, `validationLoss`, the metrics by name, `learningRate`, `isBest`, `duration` (ms);
 * steps `epoch`, `step`, `batch`, `samples`, `loss`, `gradientNorm`, `learningRate`. What is not known is empty. A file is
 * appended to, and gets a first line of names if it is empty.
 *
 * @param to - a path, in Node, Bun and Deno, or a stream
 * @param options - `rows`: what makes a row. Default `"epoch"`
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `rows` is something else.
 *
 * @example
 * ```ts
 * import { csvLogger } from "@rnn/train/log";
 *
 * const lines: string[] = [];
 * const logger = csvLogger({ write: (line) => lines.push(line) }, { rows: "step" });
 * const step = { epoch: 1, step: 1, batch: 1, batches: 9, samples: 32, loss: 0.5, gradientNorm: null, learningRate: 0.1 };
 * logger.log({ type: "step", ...step });
 * lines[0]; // => "epoch,step,batch,samples,loss,gradientNorm,learningRate\n"
 * lines[1]; // => "1,1,1,32,0.5,,0.1\n"
 * ```
 *
 * @public
 */
export function csvLogger(
  to: string | TextSink,
  options: { rows?: "epoch" | "step" | undefined } = {},
): Logger {
  const where = "csvLogger";
  checkOptions(where, options, { rows: true });
  const { rows = "epoch" } = options;
  checkChoice(where, "rows", rows, ["epoch", "step"]);
  const target = open<string>(where, to);
  let hasHead = target.isContinued;
  return {
    log(event) {
      if (event.type !== rows) return;
      const columns = event.type === "step" ? columnsOfStep(event) : columnsOfEpoch(event);
      if (!hasHead) target.write(row(Object.keys(columns)));
      hasHead = true;
      target.write(row(Object.values(columns)));
    },
    close: () => target.close(),
  };
}

type Columns = Readonly<Record<string, number | boolean | null | undefined>>;

function columnsOfStep({
  epoch,
  step,
  batch,
  samples,
  loss,
  gradientNorm,
  learningRate,
}: StepEvent): Columns {
  return { epoch, step, batch, samples, loss, gradientNorm, learningRate };
}

function columnsOfEpoch({
  epoch,
  trainLoss,
  validation,
  learningRate,
  isBest,
  duration,
}: EpochEvent<string>): Columns {
  const results = { validationLoss: validation?.loss, ...validation?.metrics };
  return { epoch, trainLoss, ...results, learningRate, isBest, duration };
}

function row(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(String(cell ?? ""))).join(",")}\n`;
}

/** A cell as RFC 4180 wants it. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
