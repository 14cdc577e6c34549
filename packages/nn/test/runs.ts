import fc from "fast-check";

/** Number of random cases of a test whose cases take long: ten times as many in the long suite (`full/many-runs.ts`). */
export function runs(few: number): number {
  return fc.readConfigureGlobal().numRuns === undefined ? few : 10 * few;
}
