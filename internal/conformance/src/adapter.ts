import type { CaseFile, GoldenCase, PeerCase } from "./cases.ts";
import type { Judge } from "./judge.ts";

/** What an adapter sees beside its case. */
export interface Context {
  readonly judge: Judge;
  /** The file of the case: some cases refer to others by name. */
  readonly file: CaseFile;
}

/** Drives the library with one golden case and hands the results to the judge. */
export type GoldenAdapter = (c: GoldenCase, context: Context) => void;

/** Drives the library with one case of another project and hands the results to the judge. */
export type PeerAdapter = (c: PeerCase, context: Context) => void;

/** Lets an adapter name the types of its own cases. */
export function golden<Config, Outputs = GoldenCase["outputs"]>(
  adapter: (c: GoldenCase<Config, Outputs>, context: Context) => void,
): GoldenAdapter {
  return adapter as unknown as GoldenAdapter;
}

/** Lets an adapter name the types of its own cases. */
export function peer<Case>(adapter: (c: Case & PeerCase, context: Context) => void): PeerAdapter {
  return adapter as unknown as PeerAdapter;
}
