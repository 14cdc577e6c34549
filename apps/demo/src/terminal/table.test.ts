import { expect, it } from "vitest";
import { table } from "./table.ts";

it("puts words to the left and numbers to the right", () => {
  const columns = [{ title: "name" }, { title: "count", align: "right" }, { title: "note" }] as const;
  expect(
    table(columns, [
      ["a", "1", "long note"],
      ["longer", "1,234", ""],
    ]),
  ).toEqual(["name    count  note", "a           1  long note", "longer  1,234"]);
});
