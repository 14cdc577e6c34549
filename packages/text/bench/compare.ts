import { cpus } from "node:os";

/** What one contestant took: milliseconds, one number per round. */
type Times = number[];

/**
 * Times contestants on the same megabytes of text and prints a table; speed-ups are against the first.
 *
 * They take turns, so that a busy moment of the machine does not fall on one alone. Two rounds are warm-up.
 */
export function compare(
  megabytes: number,
  contestants: Readonly<Record<string, () => unknown>>,
  rounds: number,
): void {
  console.log(`${megabytes.toFixed(1)} MB, ${rounds} rounds after 2 of warm-up`);
  console.log(`Node ${process.version}, ${cpus()[0]?.model ?? "unknown processor"}\n`);
  const runs = Object.entries(contestants).map(([name, run]) => ({ name, run, times: [] as Times }));
  for (let round = -2; round < rounds; round++) {
    for (const { run, times } of runs) {
      const start = performance.now();
      run();
      if (round >= 0) times.push(performance.now() - start);
    }
  }
  const first = Math.min(...(runs[0]?.times ?? []));
  for (const { name, times } of runs) {
    const min = Math.min(...times);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const std = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
    console.log(
      `${name.padEnd(32)} min ${min.toFixed(1).padStart(7)} ms  mean ${mean.toFixed(1).padStart(7)} ± ${std.toFixed(1).padEnd(6)} ms` +
        `  ${((megabytes * 1e3) / min).toFixed(1).padStart(6)} MB/s  ${(first / min).toFixed(2)}x`,
    );
  }
}

/** Megabytes of UTF-8. */
export function megabytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
}
