/** A step of a learning-rate range test. */
interface Point {
  readonly learningRate: number;
  readonly loss: number;
  /** Running mean of the losses. */
  readonly smoothed: number;
}

/** A fall must be this many standard deviations of the noise. */
const SIGNIFICANT = 4;

/**
 * The rate where the smoothed loss falls fastest over the logarithm of the rate; `null` unless it falls by clearly more than
 * losses vary from batch to batch.
 *
 * Falls are measured over as many steps as the running mean spans, from where it has seen as many: differences between
 * neighbours, and the first means, are mostly noise.
 */
export function steepestFall(points: readonly Point[], smoothing: number): number | null {
  const span = Math.min(Math.round(1 / (1 - smoothing)), Math.floor(points.length / 4));
  const half = Math.max(1, Math.round(span / 2));
  // variance of the difference of two running means 2 * half steps apart, for losses of variance 1
  const variance = ((1 - smoothing) / (1 + smoothing)) * 2 * (1 - smoothing ** (2 * half));
  const rounding = 1e-9 * Math.abs(points[0]?.smoothed ?? 0);
  let fall = Math.max(rounding, SIGNIFICANT * noiseOf(points) * Math.sqrt(variance));
  let rate: number | null = null;
  for (let k = Math.max(span, half); k + half < points.length; k++) {
    const difference = points[k - half]!.smoothed - points[k + half]!.smoothed;
    if (difference <= fall) continue;
    fall = difference;
    rate = points[k]!.learningRate;
  }
  return rate;
}

/**
 * Standard deviation of the losses of batches around their course, from the median distance of neighbours: a few last losses
 * that explode do not change it. 0.6745 is the median of |z| for a normal z.
 */
function noiseOf(points: readonly Point[]): number {
  const distances = points.slice(1).map(({ loss }, k) => Math.abs(loss - points[k]!.loss));
  distances.sort((a, b) => a - b);
  return (distances[distances.length >> 1] ?? 0) / (0.6745 * Math.SQRT2);
}
