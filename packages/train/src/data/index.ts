/**
 * Data for `fit`: folds and splits that do not leak, batches of streams, and readers of files.
 *
 * @packageDocumentation
 */

export { type CollateOptions, collateSequences, type SequenceSample } from "./collate-sequences.ts";
export type { CSVRow } from "./csv-rows.ts";
export { groupSplit } from "./group-split.ts";
export type { Groups } from "./groups.ts";
export { type Fold, type KFoldOptions, kFold } from "./k-fold.ts";
export { type CSVOptions, type CSVRowsOptions, readCSV, readCSVRows } from "./read-csv.ts";
export { readJSONLines, readLines } from "./read-lines.ts";
export { readTextFolder } from "./read-text-folder.ts";
export { type StreamBatchesOptions, type StreamedBatches, streamBatches } from "./stream-batches.ts";
export type { TextSource } from "./text-source.ts";
