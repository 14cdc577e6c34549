import type { CaseFile } from "./cases.ts";
import { type Collection, collect } from "./collect.ts";
import { runGoldenCase, runPeerCase } from "./run-case.ts";
import type { FileResult } from "./verdict.ts";

/** Everything one run found out. */
export interface ConformanceResult {
  readonly files: readonly FileResult[];
  /** JSON files that hold no cases in either format, with the reason. */
  readonly skipped: Collection["skipped"];
}

/** Options of {@link runConformance}. */
export interface ConformanceOptions {
  /** Folder that relative paths start from and that reported paths are relative to; default: the current one. */
  readonly base?: string | undefined;
}

/**
 * Runs every case of the JSON files in the given folders against the public API of the packages.
 *
 * @throws UsageError for a path that does not exist, a file that is not JSON, or no case at all.
 */
export function runConformance(
  dirs: readonly string[],
  { base = process.cwd() }: ConformanceOptions = {},
): ConformanceResult {
  const { files, skipped } = collect(dirs, base);
  return { files: files.map(runFile), skipped };
}

/** Runs every case of one file. */
export function runFile(file: CaseFile): FileResult {
  const cases =
    file.format === "golden"
      ? file.cases.map((c) => runGoldenCase(c, file))
      : file.cases.map((c) => runPeerCase(c, file));
  return { path: file.path, format: file.format, cases };
}
