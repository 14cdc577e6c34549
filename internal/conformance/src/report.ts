import type { Difference } from "./judge.ts";
import type { ConformanceResult } from "./run.ts";
import type { CaseResult, FileResult } from "./verdict.ts";

/** How many cases passed, failed and were not applicable. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
}

/** Counts cases by their verdict. */
export function count(cases: readonly CaseResult[]): Counts {
  const number = (status: CaseResult["status"]): number => cases.filter((c) => c.status === status).length;
  return { passed: number("passed"), failed: number("failed"), notApplicable: number("not applicable") };
}

/** The report for a terminal: a line per file and kind, the first failure and the reasons below it, and a total. */
export function formatReport({ files, skipped }: ConformanceResult): string {
  const lines = files.flatMap((file) => ["", ...formatFile(file)]);
  if (skipped.length > 0) lines.push("");
  for (const { path, reason } of skipped) lines.push(`skipped ${path}: ${reason}`);
  const all = files.flatMap((file) => file.cases);
  lines.push(
    "",
    `total: ${formatCounts(count(all))} in ${files.length} ${files.length === 1 ? "file" : "files"}`,
  );
  return lines.slice(1).join("\n");
}

/** The result for a machine: totals, and every case with its differences or its reason. */
export function jsonReport({ files, skipped }: ConformanceResult): unknown {
  return {
    schema: "conformance-result/1",
    total: count(files.flatMap((file) => file.cases)),
    files: files.map((file) => ({
      path: file.path,
      format: file.format,
      ...count(file.cases),
      cases: file.cases,
    })),
    skipped,
  };
}

/** A difference in one line: `output[3]: got 0.5, want 0.25 (2 of 12 differ)`. */
export function formatDifference({ what, index, got, want, extent }: Difference): string {
  const place = index === undefined ? "" : typeof index === "number" ? `[${index}]` : index;
  const share = extent === undefined ? "" : ` (${extent} differ)`;
  return `${what}${place}: got ${show(got)}, want ${show(want)}${share}`;
}

function formatFile(file: FileResult): string[] {
  const kinds = [...new Set(file.cases.map((c) => c.kind))];
  const width = Math.max(0, ...kinds.map((kind) => kind.length));
  const lines = [`${file.path}: ${formatCounts(count(file.cases))}`];
  for (const kind of kinds) {
    const cases = file.cases.filter((c) => c.kind === kind);
    lines.push(`  ${kind.padEnd(width)}  ${formatCounts(count(cases))}`, ...formatDetails(cases));
  }
  return lines;
}

/** The first failure in full, and each reason with the number of cases it stands for. */
function formatDetails(cases: readonly CaseResult[]): string[] {
  const lines: string[] = [];
  const failure = cases.find((c) => c.status === "failed");
  const difference = failure?.differences[0];
  if (failure && difference)
    lines.push(`    first failure: ${failure.name}: ${formatDifference(difference)}`);
  const reasons = new Map<string, number>();
  for (const c of cases)
    if (c.status === "not applicable") reasons.set(c.reason, (reasons.get(c.reason) ?? 0) + 1);
  for (const [reason, n] of reasons) lines.push(`    ${n} not applicable: ${reason}`);
  return lines;
}

function formatCounts({ passed, failed, notApplicable }: Counts): string {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (notApplicable > 0) parts.push(`${notApplicable} not applicable`);
  return parts.join(", ");
}

function show(value: unknown): string {
  if (typeof value === "number" || value === undefined) return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
