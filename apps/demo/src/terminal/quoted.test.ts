import { expect, it } from "vitest";
import { quoted } from "./quoted.ts";

it("puts quotes around what a shell would take apart", () => {
  expect(["models/a-1.2", "C:\\models\\a", "my models/one", 'a "b" $c', ""].map(quoted)).toEqual([
    "models/a-1.2",
    "C:\\models\\a",
    '"my models/one"',
    '"a \\"b\\" \\$c"',
    '""',
  ]);
});
