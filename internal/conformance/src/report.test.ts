import { expect, test } from "vitest";
import { formatDifference, formatReport, jsonReport } from "./report.ts";
import type { ConformanceResult } from "./run.ts";

const result: ConformanceResult = {
  files: [
    {
      path: "golden/tensor.json",
      format: "golden",
      cases: [
        { name: "add_1", kind: "add", status: "passed" },
        { name: "sum_1", kind: "sum", status: "passed" },
        {
          name: "sum_2",
          kind: "sum",
          status: "failed",
          differences: [
            { what: "out", index: 3, got: 0.5, want: 0.25, extent: "2 of 12" },
            { what: "other", got: Number.NaN, want: 1 },
          ],
        },
        { name: "sum_3", kind: "sum", status: "failed", differences: [{ what: "out", got: 1, want: 2 }] },
        { name: "topk_1", kind: "topk", status: "not applicable", reason: "@rnn/tensor exports no topk" },
        { name: "topk_2", kind: "topk", status: "not applicable", reason: "@rnn/tensor exports no topk" },
        { name: "topk_3", kind: "topk", status: "not applicable", reason: "no adapter for this kind" },
      ],
    },
  ],
  skipped: [{ path: "golden/texts.json", reason: 'schema is undefined, not 1 or "peer-cases/1"' }],
};

test("the report counts by file and kind, and shows the first failure and every reason", () => {
  expect(formatReport(result)).toBe(
    [
      "golden/tensor.json: 2 passed, 2 failed, 3 not applicable",
      "  add   1 passed, 0 failed",
      "  sum   1 passed, 2 failed",
      "    first failure: sum_2: out[3]: got 0.5, want 0.25 (2 of 12 differ)",
      "  topk  0 passed, 0 failed, 3 not applicable",
      "    2 not applicable: @rnn/tensor exports no topk",
      "    1 not applicable: no adapter for this kind",
      "",
      'skipped golden/texts.json: schema is undefined, not 1 or "peer-cases/1"',
      "",
      "total: 2 passed, 2 failed, 3 not applicable in 1 file",
    ].join("\n"),
  );
});

test("the JSON report holds every case with its differences or its reason", () => {
  expect(jsonReport(result)).toEqual({
    schema: "conformance-result/1",
    total: { passed: 2, failed: 2, notApplicable: 3 },
    files: [{ ...result.files[0], passed: 2, failed: 2, notApplicable: 3 }],
    skipped: result.skipped,
  });
});

test("a difference shows where it is and both values", () => {
  expect(formatDifference({ what: "results", index: "[3].value", got: undefined, want: null })).toBe(
    "results[3].value: got undefined, want null",
  );
  expect(formatDifference({ what: "out shape", got: [2], want: [1, 2] })).toBe(
    "out shape: got [2], want [1,2]",
  );
  expect(formatDifference({ what: "out", got: Number.NaN, want: "Infinity" })).toBe(
    "out: got NaN, want Infinity",
  );
});
