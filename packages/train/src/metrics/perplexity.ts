import type { Metric } from "../fit/metrics.ts";
import { CLASS_METRIC, type ClassMetricOptions, eachTarget, ignoredOf, type Logits } from "./predictions.ts";

/**
 * Perplexity: the exponential of the mean cross-entropy of the targets. As uncertain as a choice among that many equally likely words.
 *
 * exp(-1/n Σ log p(target)) with p = softmax(logits), over the n targets that count, of all batches together.
 *
 * @remarks
 * Output `[N, C, ...]` of logits, targets `[N, ...]` of class numbers; computed in float64. Bits per character are
 * `Math.log2(metric.value)`.
 *
 * @throws TypeError for an unknown option.
 * @throws ShapeError if output and targets do not fit.
 *
 * @example
 * ```ts
 * import { tensor } from "@rnn/tensor";
 * import { perplexity } from "@rnn/train/metrics";
 *
 * const metric = perplexity();
 * metric.update(tensor([[0, 0, 0, 0], [5, 5, 5, 5]]), tensor([2, 3], { dtype: "int32" }));
 * metric.value; // four equal choices => 4
 * ```
 *
 * @public
 */
export function perplexity(options: ClassMetricOptions = {}): Metric {
  const ignored = ignoredOf("perplexity", options, CLASS_METRIC);
  let sum = 0;
  let count = 0;
  return {
    mode: "min",
    update(output, targets) {
      eachTarget("perplexity", output, targets, ignored, (target, logits) => {
        sum += crossEntropyOf(target, logits);
        count++;
      });
    },
    get value() {
      return Math.exp(sum / count);
    },
  };
}

/** -log softmax(logits)[target]. */
function crossEntropyOf(target: number, { data, first, stride, classes }: Logits): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) largest = Math.max(largest, data[first + c * stride]!);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp(data[first + c * stride]! - largest);
  return largest + Math.log(sum) - data[first + target * stride]!;
}
