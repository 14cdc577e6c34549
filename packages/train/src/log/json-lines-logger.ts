import { checkBoolean, checkOptions } from "../check.ts";
import type { Logger } from "./logger.ts";
import { openLines, type TextSink } from "./sink.ts";

/**
 * Writes every event as one line of JSON, to be read by other programs.
 *
 * @remarks
 * A number that JSON cannot hold is written as a string: `"NaN"`. A file is appended to, and a logger that was
 * closed continues in it.
 *
 * @param to - a path, in Node, Bun and Deno, or a stream
 * @param options - with `steps: false` the steps are left out, with `append: false` a file is emptied first
 * @throws TypeError for an argument of another kind or an unknown option.
 *
 * @example
 * ```ts
 * import { jsonLinesLogger } from "@rnn/train/log";
 *
 * const lines: string[] = [];
 * const logger = jsonLinesLogger({ write: (line) => lines.push(line) });
 * logger.log({ type: "checkpoint", epoch: 1, step: 20 });
 * lines; // => ['{"type":"checkpoint","epoch":1,"step":20}\n']
 * ```
 *
 * @public
 */
export function jsonLinesLogger(
  to: string | TextSink,
  options: { steps?: boolean | undefined; append?: boolean | undefined } = {},
): Logger {
  const where = "jsonLinesLogger";
  checkOptions(where, options, { steps: true, append: true });
  const { steps = true, append = true } = options;
  checkBoolean(where, "steps", steps);
  checkBoolean(where, "append", append);
  const target = openLines(where, to, append);
  return {
    log(event) {
      if (steps || event.type !== "step") target.write(`${JSON.stringify(event, printable)}\n`);
    },
    close: () => target.close(),
  };
}

function printable(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
