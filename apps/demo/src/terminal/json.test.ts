import { describe, expect, it } from "vitest";
import { jsonDocument } from "./json.ts";

describe("jsonDocument", () => {
  it("keeps what fits on a line", () => {
    const value = { name: "x", shape: [2, 3], scores: [{ a: 1 }, { a: 2 }], none: [], nothing: {} };
    expect(jsonDocument(value)).toBe(
      [
        "{",
        '  "name": "x",',
        '  "shape": [2, 3],',
        '  "scores": [{ "a": 1 }, { "a": 2 }],',
        '  "none": [],',
        '  "nothing": {}',
        "}",
        "",
      ].join("\n"),
    );
  });

  it("breaks what is long or deep", () => {
    const long = { counts: Array.from({ length: 60 }, (_, n) => n), deep: { one: { two: { three: 3 } } } };
    const text = jsonDocument(long);
    expect(text.split("\n").length).toBeGreaterThan(60);
    expect(text).toContain('  "deep": {\n    "one": { "two": { "three": 3 } }\n  }');
  });

  it.each([
    [null],
    ["text"],
    [[1, null, "\u2028"]],
    [{ a: undefined, b: Number.NaN, __proto__: 1, "\u001b[31m": { c: [true, { d: "e" }] } }],
    [[[[[]]], { a: {} }]],
  ])("means the same as JSON.stringify: %j", (value) => {
    expect(JSON.parse(jsonDocument(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
});
