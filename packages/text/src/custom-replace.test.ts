import { describe, expect, test } from "vitest";
import { customReplace } from "./custom-replace.ts";

describe("customReplace", () => {
  test("replaces every match, each rule on the result of those before", () => {
    const replace = customReplace([
      [/S/, "s"],
      [/\s+/, " "],
      [/s u/, "s-u"],
    ]);
    expect(replace("teSt   cuStomS   uSer")).toBe("test customs-user");
    expect(customReplace([])("as it is")).toBe("as it is");
  });

  test("replacements may name groups; rules may be any iterable, a map too", () => {
    expect(customReplace(new Map([[/(\w)-(\w)/, "$2$$$1"]]))("a-b c-d")).toBe("b$a d$c");
  });

  test("keeps no position from text to text", () => {
    const replace = customReplace([[/a/gy, "b"]]);
    expect([replace("xaa"), replace("xaa")]).toEqual(["xbb", "xbb"]);
  });

  test.each<[() => unknown, Error]>([
    [
      () => customReplace("S" as never),
      new TypeError('customReplace: rules must be a list of pairs, got "S"'),
    ],
    [
      () => customReplace([[/a/, "b"], ["S", "s"] as never]),
      new TypeError('customReplace: rule 1 must be [regular expression, string], got ["S", "s"]'),
    ],
    [
      () => customReplace([[/a/, 5 as never]]),
      new TypeError("customReplace: rule 0 must be [regular expression, string], got [an object, 5]"),
    ],
    [
      () => customReplace([/a/ as never]),
      new TypeError("customReplace: rule 0 must be [regular expression, string], got an object"),
    ],
    [() => customReplace([])(null as never), new TypeError("customReplace: text must be a string, got null")],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});
