import { ShapeError, type Tensor } from "@rnn/tensor";
import { printShape, sameShape } from "../shape.ts";
import { type ClassScores, classIndices } from "./class-targets.ts";

/** How much of each row's loss belongs to each class: the target's probability times the class weight. */
export interface TargetShares {
  /** The only class that counts in each row, negative for an ignored row; `null` if several count. */
  readonly labels: ArrayLike<number> | null;
  /** `[rows, classes]`; `null` if `labels` says it all. */
  readonly shares: Float64Array | null;
  /** The sum of each row's shares; an ignored row has 0. */
  readonly totals: Float64Array;
  /** What the mean divides by. */
  readonly divisor: number;
}

/** Reads a target of class indices (int32) or of probabilities (floating, in the shape of the scores). */
export function targetShares(
  target: Tensor,
  layout: ClassScores,
  weights: ArrayLike<number>,
  ignoreIndex: number,
  smoothing: number,
): TargetShares {
  if (target.dtype === "int32") {
    const labels = classIndices("crossEntropy", target, layout, ignoreIndex);
    return ofLabels(labels, layout, weights, ignoreIndex, smoothing);
  }
  const { shape } = layout.scores;
  if (!sameShape(target.shape, shape)) {
    const isLabels = sameShape(target.shape, layout.rowShape);
    const advice = isLabels ? '; class indices must be int32, convert them with .to("int32")' : "";
    throw new ShapeError(
      `crossEntropy: target of ${target.dtype} has shape ${printShape(target.shape)}, ` +
        `expected probabilities of the logits' shape ${printShape(shape)}${advice}`,
    );
  }
  return ofProbabilities(target.contiguous(), layout, weights, smoothing);
}

function ofLabels(
  given: ArrayLike<number>,
  { rows, classes }: ClassScores,
  weights: ArrayLike<number>,
  ignoreIndex: number,
  smoothing: number,
): TargetShares {
  const labels = Int32Array.from(given, (label) => (label === ignoreIndex ? -1 : label));
  const totals = new Float64Array(rows);
  const shares = smoothing === 0 ? null : new Float64Array(rows * classes);
  let divisor = 0;
  for (let row = 0; row < rows; row++) {
    const label = labels[row]!;
    if (label < 0) continue;
    divisor += weights[label]!;
    if (shares === null) {
      totals[row] = weights[label]!;
      continue;
    }
    for (let c = 0; c < classes; c++) {
      const share = weights[c]! * (smoothing / classes + (c === label ? 1 - smoothing : 0));
      shares[row * classes + c] = share;
      totals[row]! += share;
    }
  }
  return { labels: shares === null ? labels : null, shares, totals, divisor };
}

function ofProbabilities(
  target: Tensor,
  layout: ClassScores,
  weights: ArrayLike<number>,
  smoothing: number,
): TargetShares {
  const { rows, classes, stride } = layout;
  const totals = new Float64Array(rows);
  const shares = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const start = target.offset + layout.start(row);
    for (let c = 0; c < classes; c++) {
      const probability = target.data[start + c * stride]! * (1 - smoothing) + smoothing / classes;
      shares[row * classes + c] = weights[c]! * probability;
      totals[row]! += weights[c]! * probability;
    }
  }
  return { labels: null, shares, totals, divisor: rows };
}
