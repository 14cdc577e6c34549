import { expect } from "vitest";
import type { CaseFile } from "../src/cases.ts";
import { formatDifference, runFile } from "../src/index.ts";

/**
 * How many cases of a file may be not applicable; 0 for files that are not listed.
 *
 * An export that disappears would turn its cases into ones that do not apply: this is what would notice. Lower the
 * number when the library grows.
 */
const mostNotApplicable: Readonly<Record<string, number>> = {
  // lengths of zero, which the reference refuses
  "golden/rnn.json": 3,
  "peers/onnx/ops.json": 33,
  "peers/onnx/optimizers.json": 2,
  "peers/sklearn/vectorizers.json": 1,
};

/** Runs a file: no case may fail, and only the known ones may not apply. */
export function expectConforming(file: CaseFile): void {
  const { cases } = runFile(file);
  const failures = cases.flatMap((c) =>
    c.status === "failed" ? [`${c.name}: ${c.differences.map(formatDifference).join("; ")}`] : [],
  );
  expect(failures, `${failures.length} of ${cases.length} cases failed`).toEqual([]);
  const notApplicable = cases.filter((c) => c.status === "not applicable");
  expect(notApplicable.length).toBeLessThanOrEqual(mostNotApplicable[file.path] ?? 0);
}
