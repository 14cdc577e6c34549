export { collect, UsageError } from "./collect.ts";
export { formatDifference, formatReport, jsonReport } from "./report.ts";
export { type ConformanceOptions, type ConformanceResult, runConformance, runFile } from "./run.ts";
export type { CaseResult, FileResult, Verdict } from "./verdict.ts";
