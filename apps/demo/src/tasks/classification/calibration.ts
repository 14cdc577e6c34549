import { Tensor } from "@rnn/tensor";
import { brierScore, ReliabilityTable } from "@rnn/train/metrics";

/** Whether the probabilities of a model can be believed. */
export interface Calibration {
  /** Predictions by confidence; its value is the expected calibration error. */
  readonly table: ReliabilityTable;
  /** Mean squared error of the probabilities. */
  readonly brier: number;
}

/** Judges the probabilities that logits stand for. */
export function calibrationOf(
  logits: readonly (readonly number[])[],
  targets: readonly number[],
): Calibration {
  const output = new Tensor(Float32Array.from(logits.flat()), [logits.length, logits[0]?.length ?? 1]);
  const actual = new Tensor(
    Int32Array.from(targets),
    output.shape[1] === 1 ? [targets.length, 1] : [targets.length],
  );
  const table = new ReliabilityTable();
  const brier = brierScore();
  table.update(output, actual);
  brier.update(output, actual);
  return { table, brier: brier.value };
}
