import type { Tensor } from "@rnn/tensor";
import { checkInteger, type OptionNames } from "../check.ts";
import type { Metric } from "../fit/metrics.ts";
import {
  eachProbability,
  PROBABILITY,
  type ProbabilityOptions,
  type ProbabilityReading,
  probabilityReading,
} from "./probabilities.ts";

/**
 * Options of {@link ReliabilityTable} and {@link expectedCalibrationError}.
 *
 * @public
 */
export interface CalibrationOptions extends ProbabilityOptions {
  /** Number of equal parts that confidences from 0 to 1 are sorted into, at least 1. Default 10. */
  bins?: number | undefined;
}

/**
 * The predictions of one range of confidence.
 *
 * @public
 */
export interface ReliabilityBin {
  /** Confidences above this (the first bin: from this) ... */
  readonly from: number;
  /** ... up to and including this. */
  readonly to: number;
  /** Number of predictions. */
  readonly count: number;
  /** Their mean confidence; NaN if there are none. */
  readonly confidence: number;
  /** The share of them that are right; NaN if there are none. */
  readonly accuracy: number;
}

const OPTIONS: OptionNames<CalibrationOptions> = { ...PROBABILITY, bins: true };
/** Characters that a share of 1 is drawn with. */
const WIDTH = 40;

/**
 * Whether predicted probabilities can be trusted: of the predictions made with 80 % confidence, about 80 % should be right.
 *
 * Confidence is the probability of the predicted class, max_c p_c. Its expected calibration error is
 * Σ_b |B_b| / n · |accuracy(B_b) - confidence(B_b)| over the bins b.
 *
 * @remarks
 * Output `[N, C, ...]` of logits for class numbers `[N, ...]`, or one logit per target of 0 or 1 (`probabilities: true` for
 * probabilities); the first of equal classes is predicted. A metric like the others: its `value` is the expected calibration
 * error, from 0 at best to 1. `toString` draws the reliability diagram for a terminal. Source: Guo et al. 2017.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `bins` is not a whole number of at least 1, a target no class, or a probability not one.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { ReliabilityTable } from "@rnn/train/metrics";
 *
 * const table = new ReliabilityTable({ bins: 2, probabilities: true });
 * table.update(tensor([0.875, 0.75, 0.25, 0.625]), tensor([1, 1, 0, 0])); // three of four are right
 * table.bins[1]; // => { from: 0.5, to: 1, count: 4, confidence: 0.75, accuracy: 0.75 }
 * table.value; // => 0
 * table.toString().split("\n")[1]; // => "0.50-1.00      4   0.750     0.750  ██████████████████████████████┃"
 * ```
 *
 * @public
 */
export class ReliabilityTable implements Metric {
  /** A smaller calibration error is better. */
  readonly mode = "min";
  readonly #reading: ProbabilityReading;
  readonly #counts: Float64Array;
  readonly #confidences: Float64Array;
  readonly #right: Float64Array;

  constructor(options: CalibrationOptions = {}) {
    this.#reading = probabilityReading("ReliabilityTable", options, OPTIONS);
    const { bins = 10 } = options;
    checkInteger("ReliabilityTable", "bins", bins, 1);
    this.#counts = new Float64Array(bins);
    this.#confidences = new Float64Array(bins);
    this.#right = new Float64Array(bins);
  }

  /** Takes in the output of one batch and its targets. */
  update(output: Tensor, targets: Tensor): void {
    const bins = this.#counts.length;
    eachProbability("ReliabilityTable", output, targets, this.#reading, (target, probabilities) => {
      const predicted = largestOf(probabilities);
      const confidence = probabilities[predicted]!;
      // NaN goes to the first bin, and makes it and the value NaN
      const bin = confidence > 0 ? Math.min(bins, Math.ceil(confidence * bins)) - 1 : 0;
      this.#counts[bin]! += 1;
      this.#confidences[bin]! += confidence;
      this.#right[bin]! += Number(predicted === target);
    });
  }

  /** The predictions by confidence, from the least. */
  get bins(): ReliabilityBin[] {
    return Array.from(this.#counts, (count, b) => ({
      from: b / this.#counts.length,
      to: (b + 1) / this.#counts.length,
      count,
      confidence: this.#confidences[b]! / count,
      accuracy: this.#right[b]! / count,
    }));
  }

  /** The expected calibration error; NaN before the first prediction. */
  get value(): number {
    let gap = 0;
    let total = 0;
    this.#counts.forEach((count, b) => {
      gap += Math.abs(this.#right[b]! - this.#confidences[b]!);
      total += count;
    });
    return gap / total;
  }

  /** The bins that have predictions, one a line: a bar as long as the accuracy, and a mark where the confidence is. */
  toString(): string {
    const rows = this.bins
      .filter(({ count }) => count > 0)
      .map(({ from, to, count, confidence, accuracy }) =>
        [
          `${from.toFixed(2)}-${to.toFixed(2)}`,
          String(count).padStart(6),
          confidence.toFixed(3).padStart(7),
          accuracy.toFixed(3).padStart(9),
          "",
          bar(accuracy, confidence),
        ].join(" "),
      );
    const head = "confidence count    mean  accuracy  █ accuracy  ┃ mean confidence";
    return [head, ...rows].join("\n");
  }
}

/**
 * The expected calibration error: how far confidence and accuracy are apart, on average.
 *
 * Σ_b |B_b| / n · |accuracy(B_b) - confidence(B_b)| over bins b of predictions of similar confidence.
 *
 * @remarks
 * The `value` of a {@link ReliabilityTable}, which tells more.
 *
 * @throws TypeError for an unknown option.
 * @throws RangeError if `bins` is not a whole number of at least 1, a target no class, or a probability not one.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { expectedCalibrationError } from "@rnn/train/metrics";
 *
 * const metric = expectedCalibrationError({ probabilities: true });
 * metric.update(tensor([0.8, 0.8]), tensor([1, 0])); // 80 % sure, right half of the time
 * metric.value; // => 0.3
 * ```
 *
 * @public
 */
export function expectedCalibrationError(options: CalibrationOptions = {}): Metric {
  return new ReliabilityTable(options);
}

/** The position of the largest, the first of equals; that of a NaN if there is one. */
function largestOf(values: Float64Array): number {
  let best = 0;
  for (let c = 0; c < values.length; c++) {
    if (Number.isNaN(values[c])) return c;
    if (values[c]! > values[best]!) best = c;
  }
  return best;
}

function bar(accuracy: number, confidence: number): string {
  const cells = new Array<string>(WIDTH + 1).fill(" ");
  cells.fill("█", 0, Math.round(accuracy * WIDTH));
  if (!Number.isNaN(confidence)) cells[Math.round(confidence * WIDTH)] = "┃";
  return cells.join("").trimEnd();
}
