/** Median of a list of numbers. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds: of the clock on the wall, or of processor time, which other programs do not use up. */
const now =
  process.env.BENCH_CLOCK === "processor"
    ? () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1000;
      }
    : () => performance.now();

/** A sample of calls lasts at least so many milliseconds: far above the resolution of the clock. */
const SAMPLE = 10;
const LEAST_SAMPLES = 3;

/**
 * Median seconds of one call, after a warm-up of half the time that is measured.
 *
 * @param run - called with 0, 1, 2, ...; a promise it returns is awaited
 */
export async function secondsPerCall(run, seconds) {
  let calls = 0;
  const timed = async (count) => {
    const start = now();
    for (let i = 0; i < count; i++) {
      const result = run(calls++);
      // awaiting what is not a promise would cost as much as a small step
      if (result instanceof Promise) await result;
    }
    return now() - start;
  };

  const warmUp = now() + seconds * 500;
  let last = await timed(1);
  while (now() < warmUp) last = await timed(1);
  if (last < SAMPLE) last = (await timed(10)) / 10;
  const group = Math.max(1, Math.ceil(SAMPLE / Math.max(last, 1e-4)));

  const samples = [];
  const end = now() + seconds * 1000;
  while (samples.length < LEAST_SAMPLES || now() < end) samples.push((await timed(group)) / group);
  return median(samples) / 1000;
}

/** The exponent p of the power law y ~ x^p through some points, by least squares on logarithms. */
export function exponent(xs, ys) {
  const [u, v] = [xs, ys].map((list) => list.map(Math.log));
  const [meanU, meanV] = [u, v].map((list) => list.reduce((sum, value) => sum + value, 0) / list.length);
  const covariance = u.reduce((sum, value, i) => sum + (value - meanU) * (v[i] - meanV), 0);
  return covariance / u.reduce((sum, value) => sum + (value - meanU) ** 2, 0);
}
