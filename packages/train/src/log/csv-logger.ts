import { checkBoolean, checkChoice, checkOptions, describe } from "../check.ts";
import type { EpochEvent, StepEvent } from "../fit/events.ts";
import type { Logger } from "./logger.ts";
import { openLines, type TextSink } from "./sink.ts";

/**
 * Writes a table of comma-separated values: one row per epoch, or one per step.
 *
 * @remarks
 * Epochs have the columns `epoch`, `trainLoss`, with `trainMetrics` these as `trainAccuracy` and so on, `validationLoss`, the
 * metrics as `validationAccuracy` and so on, `learningRate`, `isBest`, `seconds`; steps have `epoch`, `step`, `batch`, `samples`,
 * `loss`, `gradientNorm`, `learningRate`. Unknown values are empty. A file is appended to, and gets a first line of names if it is empty; one with other columns is not changed, but an error. A logger that
 * was closed continues in the same file.
 *
 * @param to - a path, in Node, Bun and Deno, or a stream
 * @param options - `rows`: what makes a row, default `"epoch"`; with `append: false` a file is emptied first
 * @throws TypeError for an argument of another kind or an unknown option.
 * @throws RangeError if `rows` is something else, and from `log` if the table has other columns than the row.
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
  options: { rows?: "epoch" | "step" | undefined; append?: boolean | undefined } = {},
): Logger {
  const where = "csvLogger";
  checkOptions(where, options, { rows: true, append: true });
  const { rows = "epoch", append = true } = options;
  checkChoice(where, "rows", rows, ["epoch", "step"]);
  checkBoolean(where, "append", append);
  const target = openLines(where, to, append);
  let head = target.beginning.replaceAll("\r\n", "\n");
  return {
    log(event) {
      if (event.type !== rows) return;
      const columns = event.type === "step" ? columnsOfStep(event) : columnsOfEpoch(event);
      const names = row(Object.keys(columns));
      if (head === "") target.write((head = names));
      else if (!`${head}\n`.startsWith(names)) throw otherColumns(where, to, head, names);
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
  trainMetrics,
  validation,
  learningRate,
  isBest,
  seconds,
}: EpochEvent<string>): Columns {
  return {
    epoch,
    trainLoss,
    ...prefixed("train", trainMetrics),
    validationLoss: validation?.loss,
    ...prefixed("validation", validation?.metrics),
    learningRate,
    isBest,
    seconds,
  };
}

/** Metrics under their names with a prefix: `trainAccuracy`. */
function prefixed(prefix: string, metrics: Readonly<Record<string, number>> | null | undefined): Columns {
  const entries = Object.entries(metrics ?? {}).map(
    ([name, value]) => [`${prefix}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, value] as const,
  );
  return Object.fromEntries(entries);
}

function otherColumns(where: string, to: string | TextSink, head: string, names: string): RangeError {
  const place = typeof to === "string" ? describe(to) : "the table";
  const [found] = head.split("\n");
  return new RangeError(
    `${where}: ${place} begins with ${found}, but rows are now ${names.trimEnd()}; ` +
      "write to another file, or pass append: false to empty this one",
  );
}

function row(cells: readonly unknown[]): string {
  return `${cells.map((cell) => quoted(String(cell ?? ""))).join(",")}\n`;
}

/** A cell in the form of RFC 4180. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
