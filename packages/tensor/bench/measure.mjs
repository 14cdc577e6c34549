/** Timing shared by the benchmarks: interleaved rounds, so that noise on the machine hits every candidate alike. */

/** Numbers in [-0.5, 0.5) that are the same in every run. */
export function seeded(length, seed = 1) {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}

/**
 * Times each candidate in turn, `rounds` times, `milliseconds` per turn, after one turn of warm-up.
 *
 * @param candidates - name to function; a call should take long enough to be timed (0.1 ms or more).
 * @param options.cpuTime - counts the processor time of this process instead of wall time, for machines that are busy
 * with other work.
 * @returns name to the milliseconds of every call.
 */
export function measure(candidates, { rounds = 5, milliseconds = 40, cpuTime = false } = {}) {
  const clock = cpuTime ? processorTime : () => performance.now();
  const names = Object.keys(candidates);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) repeat(candidates[name], milliseconds, clock);
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(...repeat(candidates[name], milliseconds, clock));
  }
  return times;
}

function repeat(candidate, milliseconds, clock) {
  const times = [];
  let now = clock();
  const stop = now + milliseconds;
  do {
    candidate();
    const end = clock();
    times.push(end - now);
    now = end;
  } while (now < stop);
  return times;
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Rates from the times of calls that do `operations` each, in 10^9 per second: best, 95th percentile, mean and
 * standard deviation.
 */
export function rates(times, operations) {
  const each = times.map((time) => operations / time / 1e6).sort((a, b) => a - b);
  const mean = each.reduce((sum, rate) => sum + rate, 0) / each.length;
  const variance = each.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / each.length;
  return { best: each.at(-1), high: each[Math.floor(0.95 * each.length)], mean, std: Math.sqrt(variance) };
}
