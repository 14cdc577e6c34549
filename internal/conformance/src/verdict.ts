import type { Difference } from "./judge.ts";

/** What became of one case. */
export type Verdict =
  | { readonly status: "passed" }
  | { readonly status: "failed"; readonly differences: readonly Difference[] }
  | { readonly status: "not applicable"; readonly reason: string };

/** A case with its verdict. */
export type CaseResult = { readonly name: string; readonly kind: string } & Verdict;

/** All cases of one file. */
export interface FileResult {
  readonly path: string;
  readonly format: "golden" | "peer";
  readonly cases: readonly CaseResult[];
}

/** Thrown by an adapter when the public API lacks the feature a case is about; never because a case fails. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
}
