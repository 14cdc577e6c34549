import { describe, expect, test } from "vitest";
import { expectConforming } from "./expect-conforming.ts";
import { fixtures } from "./fixtures.ts";

test("every JSON file among the fixtures is a case file", () => {
  expect(fixtures.skipped).toEqual([]);
  expect(fixtures.files).toHaveLength(28);
});

describe("conformance", () => {
  test.each(fixtures.files.map((file) => [file.path, file] as const))("%s", (_path, file) =>
    expectConforming(file),
  );
});
