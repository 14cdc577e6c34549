/**
 * Loggers: the events of `fit` as a progress bar, a table, lines of JSON or a TensorBoard event file, several at once.
 *
 * @packageDocumentation
 */

export { csvLogger } from "./csv-logger.ts";
export { jsonLinesLogger } from "./json-lines-logger.ts";
export { type Logger, logTo } from "./logger.ts";
export { Progress, type ProgressOptions, type ProgressOutput, type ProgressStep } from "./progress.ts";
export { progressLogger } from "./progress-logger.ts";
export type { TextSink } from "./sink.ts";
export { type ByteSink, tensorBoardLogger } from "./tensor-board-logger.ts";
