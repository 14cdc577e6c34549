import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
  /(?<!\.test)\.ts$/.test(name),
);

test("declarations are read by TypeScript before 5.7, whose typed arrays are not generic", () => {
  const generic = files.filter((name) =>
    /\b(Float(32|64)|Int32|Uint8)Array</.test(readFileSync(join(source, name), "utf8")),
  );
  expect(files.length).toBeGreaterThan(90);
  expect(generic).toEqual([]);
});
