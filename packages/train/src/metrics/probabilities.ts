import type { Tensor } from "@rnn/tensor";
import { checkBoolean, checkTensor, type OptionNames } from "../check.ts";
import {
  CLASS_METRIC,
  type ClassMetricOptions,
  eachDecision,
  eachTarget,
  ignoredOf,
  type Logits,
} from "./predictions.ts";

/**
 * What the metrics of predicted probabilities have in common.
 *
 * @public
 */
export interface ProbabilityOptions extends ClassMetricOptions {
  /** The output holds probabilities already, as after a sigmoid or softmax. Default `false`: logits. */
  probabilities?: boolean | undefined;
}

/** The names of {@link ProbabilityOptions}. */
export const PROBABILITY: OptionNames<ProbabilityOptions> = { ...CLASS_METRIC, probabilities: true };

/** How far above 1 a probability may be: what rounding to float32 leaves. */
const ROUNDING = 1e-6;

/** Checked {@link ProbabilityOptions}. */
export interface ProbabilityReading {
  readonly ignored: number;
  /** Whether the output holds probabilities, not logits. */
  readonly given: boolean;
}

/** The checked options of a metric of probabilities. */
export function probabilityReading<Options extends ProbabilityOptions>(
  where: string,
  options: Options,
  names: OptionNames<Options>,
): ProbabilityReading {
  const ignored = ignoredOf(where, options, names);
  const { probabilities = false } = options;
  checkBoolean(where, "probabilities", probabilities);
  return { ignored, given: probabilities };
}

/**
 * Calls `visit` with the target and the probabilities of all classes of every element that counts: output `[N, C, ...]` for
 * class numbers `[N, ...]`, or one number per target for two classes. The list is used again for the next element.
 */
export function eachProbability(
  where: string,
  output: Tensor,
  targets: Tensor,
  { ignored, given }: ProbabilityReading,
  visit: (target: number, probabilities: Float64Array) => void,
): void {
  checkTensor(where, "output", output);
  checkTensor(where, "targets", targets);
  if ((output.shape[1] ?? 1) === 1) {
    const pair = new Float64Array(2);
    eachDecision(where, output, targets, ignored, (target, value) => {
      pair[1] = given ? checked(where, value) : 1 / (1 + Math.exp(-value));
      pair[0] = 1 - pair[1];
      visit(target, pair);
    });
    return;
  }
  const all = new Float64Array(output.shape[1]!);
  eachTarget(where, output, targets, ignored, (target, logits) => {
    if (given) copyChecked(where, logits, all);
    else softmaxInto(logits, all);
    visit(target, all);
  });
}

function copyChecked(where: string, { data, first, stride, classes }: Logits, into: Float64Array): void {
  for (let c = 0; c < classes; c++) into[c] = checked(where, data[first + c * stride]!);
}

/** The value, if it can be a probability; NaN passes, and makes what is computed from it NaN. */
function checked(where: string, value: number): number {
  if (!(value < 0 || value > 1 + ROUNDING)) return value;
  throw new RangeError(
    `${where}: the output has ${value}, which is no probability; pass logits without probabilities: true`,
  );
}

function softmaxInto({ data, first, stride, classes }: Logits, into: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) largest = Math.max(largest, data[first + c * stride]!);
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    const weight = Math.exp(data[first + c * stride]! - largest);
    into[c] = weight;
    sum += weight;
  }
  for (let c = 0; c < classes; c++) into[c]! /= sum;
}
