import { expect, test } from "vitest";
import { differences } from "./settings.ts";

test("the number of lanes may be that of the text, so it is not told where that is another", () => {
  const before = { "batch-size": 32, tied: true, seed: 0, text: "one" };
  expect(differences(before, { ...before, "batch-size": 4 })).toEqual(["--batch-size 32"]);
  expect(differences(before, { ...before, "batch-size": 4, text: "two" })).toEqual(["another text"]);
  expect(differences(before, { ...before, tied: false, text: "two" })).toEqual(["--tied", "another text"]);
  expect(differences({ ...before, tied: false }, before)).toEqual(["without --tied"]);
});
