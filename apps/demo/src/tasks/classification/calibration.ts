import { brierScore, ReliabilityTable } from "@rnn/train/metrics";
import { type Answers, tensorsOf } from "./answers.ts";

/** Whether the probabilities of a model can be believed. */
export interface Calibration {
  /** Predictions by confidence; its value is the expected calibration error. */
  readonly table: ReliabilityTable;
  /** Mean squared error of the probabilities. */
  readonly brier: number;
}

/** Judges the probabilities that logits stand for. */
export function calibrationOf(answers: Answers): Calibration {
  const [output, targets] = tensorsOf(answers);
  const table = new ReliabilityTable();
  const brier = brierScore();
  table.update(output, targets);
  brier.update(output, targets);
  return { table, brier: brier.value };
}
