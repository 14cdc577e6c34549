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
 * @param candidates - name to `{ run, prepare }`: `run` is timed, and waited for if it returns a promise; it should take 0.1
 * ms or more. `prepare`, if there, goes before each turn.
 * @param options.cpuTime - counts the processor time of this process instead of wall time, for machines that are busy
 * with other work.
 * @returns name to the milliseconds of every call.
 */
export async function measure(candidates, { rounds = 5, milliseconds = 40, cpuTime = false } = {}) {
  const clock = cpuTime ? processorTime : () => performance.now();
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, candidate] of Object.entries(candidates)) {
      await candidate.prepare?.();
      const calls = await repeat(candidate.run, milliseconds, clock);
      if (round >= 0) times[name].push(...calls);
    }
  }
  return times;
}

async function repeat(run, milliseconds, clock) {
  const times = [];
  let now = clock();
  const stop = now + milliseconds;
  do {
    const pending = run();
    if (pending instanceof Promise) await pending;
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

/** `run` so often that it is about so many elements of work: a promise if it returns one. */
export function repeated(run, repetitions) {
  return () => {
    let pending = run();
    if (pending instanceof Promise) {
      for (let i = 1; i < repetitions; i++) pending = pending.then(run);
      return pending;
    }
    for (let i = 1; i < repetitions; i++) run();
    return undefined;
  };
}

/**
 * Rates from the times of calls that do `operations` each, in 10^9 per second: best, 95th percentile, mean and
 * standard deviation.
 */
export function rates(times, operations) {
  const each = times.map((time) => operations / time / 1e6).sort((a, b) => a - b);
  return { best: each.at(-1), high: each[Math.floor(0.95 * each.length)], ...spread(each) };
}

/** Nanoseconds per element from the times of calls over `elements` each: least, mean and standard deviation. */
export function costs(times, elements) {
  const each = times.map((time) => (time * 1e6) / elements);
  return { min: each.reduce((a, b) => Math.min(a, b)), ...spread(each) };
}

function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
}
