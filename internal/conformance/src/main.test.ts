import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "./main.ts";

const good = {
  name: "split",
  kind: "basic_english",
  config: { text: "a b" },
  outputs: { tokens: ["a", "b"] },
  atol: 0,
  rtol: 0,
};
const bad = { ...good, name: "wrong", outputs: { tokens: ["a", "c"] } };
const golden = (cases: unknown[]) => JSON.stringify({ schema: 1, file: "text", torch: "1.13.1", cases });

let base = "";

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "conformance-"));
  const files: Record<string, string> = {
    "good/deep/text.json": golden([good]),
    "good/texts.json": '["a", "b"]',
    "good/notes.txt": "not JSON",
    "notes/notes.txt": "not JSON",
    "failing/text.json": golden([good, bad]),
    "empty/text.json": golden([]),
    "foreign/package.json": '{ "schema": "something-else" }',
    "broken/text.json": '{ "schema": 1, ',
    "broken/lines.json": "oops\n1\r\n2",
    "malformed/text.json": golden([good, null]),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(base, path, ".."), { recursive: true });
    writeFileSync(join(base, path), content);
  }
});

afterAll(() => rmSync(base, { recursive: true }));

function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = main(args, { base, print: (text) => out.push(text), complain: (text) => err.push(text) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("exit code", () => {
  test("0 when every case passes; folders inside folders count, foreign JSON is named", () => {
    const { code, out, err } = run("good");
    expect(code).toBe(0);
    expect(out).toBe(
      [
        "good/deep/text.json: 1 passed, 0 failed",
        "  basic_english  1 passed, 0 failed",
        "",
        'skipped good/texts.json: schema is undefined, not 1 or "peer-cases/1"',
        "",
        "total: 1 passed, 0 failed in 1 file",
      ].join("\n"),
    );
    expect(err).toBe("");
  });

  test("1 when something failed, also if another folder is fine", () => {
    const { code, out } = run("good", "failing");
    expect(code).toBe(1);
    expect(out).toContain("first failure: wrong: tokens[1]: got b, want c");
    expect(out).toContain("total: 2 passed, 1 failed in 2 files");
  });

  test.each([
    [[], "no folder given; usage: conformance DIR... [--backend NAME] [--json FILE]"],
    [["nowhere"], "no such folder: nowhere"],
    [["good", "nowhere"], "no such folder: nowhere"],
    [["empty"], "no cases found in empty: the list of cases of empty/text.json is empty"],
    [
      ["foreign"],
      'no cases found in foreign: foreign/package.json: schema is "something-else", not 1 or "peer-cases/1"',
    ],
    [
      ["empty", "foreign"],
      "no cases found in empty, foreign: the list of cases of empty/text.json is empty; 1 other file without cases",
    ],
    [["notes"], "no cases found in notes: there is no JSON file"],
    [["malformed"], "malformed/text.json: case 1 has no name or no kind"],
    [["good", "--json"], "--json needs a file name"],
    [
      ["good", "--verbose"],
      "unknown option --verbose; usage: conformance DIR... [--backend NAME] [--json FILE]",
    ],
    [
      ["good", "--json", "good/notes.txt/result.json"],
      "cannot write good/notes.txt/result.json: no such folder: good/notes.txt",
    ],
    [["good", "--json", "nowhere/result.json"], "cannot write nowhere/result.json: no such folder: nowhere"],
    [["good", "--json", "good/deep"], "cannot write good/deep: "],
  ])("2 with one line for %j", (args, message) => {
    const { code, err } = run(...args);
    expect(code).toBe(2);
    expect(err).toContain(`conformance: ${message}`);
    expect(err.split("\n")).toHaveLength(1);
  });

  test("2 for a file that is not JSON, with its name", () => {
    const { code, err } = run("broken/text.json");
    expect(code).toBe(2);
    expect(err).toMatch(/^conformance: broken\/text\.json: cannot be read as JSON: /);
  });

  test("2 with one line for a file whose JSON error quotes line breaks", () => {
    const { code, err } = run("broken/lines.json");
    expect(code).toBe(2);
    expect(err).toMatch(/^conformance: broken\/lines\.json: cannot be read as JSON: .*oops\\n1\\r\\n2/);
    expect(err.split("\n")).toHaveLength(1);
  });
});

test("a folder given twice, or a file beside its folder, is run once", () => {
  expect(run("good", "good", "good/deep/text.json").out).toContain("total: 1 passed, 0 failed in 1 file");
});

test("--json writes the complete result", () => {
  expect(run("failing", "--json", "all.json").code).toBe(1);
  const report = JSON.parse(readFileSync(join(base, "all.json"), "utf8"));
  expect(report).toEqual({
    schema: "conformance-result/1",
    total: { passed: 1, failed: 1, notApplicable: 0 },
    files: [
      {
        path: "failing/text.json",
        format: "golden",
        passed: 1,
        failed: 1,
        notApplicable: 0,
        cases: [
          { name: "split", kind: "basic_english", status: "passed" },
          {
            name: "wrong",
            kind: "basic_english",
            status: "failed",
            differences: [
              { what: "tokens", index: "[1]", got: "b", want: "c" },
              { what: "tokens with offsets", index: "[1]", got: "b", want: "c" },
            ],
          },
        ],
      },
    ],
    skipped: [],
  });
});

test("--help explains the arguments", () => {
  const { code, out } = run("--help");
  expect(code).toBe(0);
  expect(out).toContain("usage: npm run conformance -- DIR... [--backend NAME] [--json FILE]");
});
