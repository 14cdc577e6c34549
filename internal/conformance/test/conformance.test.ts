import { describe, expect, test } from "vitest";
import { formatDifference, runFile } from "../src/index.ts";
import { fixtures } from "./fixtures.ts";

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

test("every JSON file among the fixtures is a case file", () => {
  expect(fixtures.skipped).toEqual([]);
  expect(fixtures.files).toHaveLength(28);
});

describe("conformance", () => {
  test.each(fixtures.files.map((file) => [file.path, file] as const))("%s", (path, file) => {
    const { cases } = runFile(file);
    const failures = cases.flatMap((c) =>
      c.status === "failed" ? [`${c.name}: ${c.differences.map(formatDifference).join("; ")}`] : [],
    );
    expect(failures, `${failures.length} of ${cases.length} cases failed`).toEqual([]);
    const notApplicable = cases.filter((c) => c.status === "not applicable");
    expect(notApplicable.length).toBeLessThanOrEqual(mostNotApplicable[path] ?? 0);
  });
});
