import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkStated, examplesIn, runExample, runnableExamples } from "./examples.ts";

const packageRoot = fileURLToPath(new URL("..", import.meta.url));
const fence = "```";

describe("examplesIn", () => {
  test("finds ts blocks of Markdown with the line they start on, and no others", () => {
    const text = `# Title\n\n${fence}sh\nnpm start\n${fence}\n\n${fence}ts\nf();\n\ng();\n${fence}\n${fence}\nplain\n${fence}\n`;
    expect(examplesIn("README.md", text)).toEqual([{ name: "README.md:8", code: "f();\n\ng();\n" }]);
  });

  test("removes the margin of TSDoc comments and keeps indentation", () => {
    const text = `/**\n * @example\n * ${fence}ts\n * if (a) {\n *   f();\n * }\n *\n * g();\n * ${fence}\n */\n`;
    expect(examplesIn("src/a.ts", text)).toEqual([
      { name: "src/a.ts:4", code: "if (a) {\n  f();\n}\n\ng();\n" },
    ]);
  });

  test("refuses a block that is not closed", () => {
    expect(() => examplesIn("README.md", `${fence}ts\nf();\n`)).toThrow(
      `README.md:2: the example is not closed with ${fence}`,
    );
  });
});

describe("runnableExamples and runExample", () => {
  let root: string;
  beforeEach(() => {
    mkdirSync(join(packageRoot, "temp"), { recursive: true });
    root = mkdtempSync(join(packageRoot, "temp", "package-"));
    mkdirSync(join(root, "src"));
    writeFileSync(join(root, "README.md"), `${fence}ts\nexport {};\n${fence}\n`);
    writeFileSync(join(root, "src/b.ts"), `/**\n * ${fence}ts\n * export {};\n * ${fence}\n */\n`);
    writeFileSync(join(root, "src/b.test.ts"), `/**\n * ${fence}ts\n * export {};\n * ${fence}\n */\n`);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const run = (code: string): Promise<void> => runExample(packageRoot, { name: "README.md:1", code });

  test("the README comes first, then src without its tests", () => {
    expect(runnableExamples(root).map(({ name }) => name)).toEqual(["README.md:2", "src/b.ts:3"]);
  });

  test("a block imports by name, awaits, and states results of declarations, expressions and logs", async () => {
    await run(
      `import { isClose } from "@internal/testing";
       const third: number = await Promise.resolve(1 / 3); // => 0.333
       isClose(1, 1, { rtol: 0, atol: 0 }); // => true
       console.log(new Map([["a", new Int32Array([1, 2])]])); // => [["a", [1, 2]]]
       ({ a: [third] }); // => { a: [0.33] }`,
    );
  });

  test("a wrong result names the block, the line and both values", async () => {
    await expect(run("const a = 1;\n[a, 2]; // => [1, 3]\n")).rejects.toThrow(
      "README.md:1: line 2 of the block: got [ 1, 2 ], stated [ 1, 3 ]",
    );
  });

  test("an error thrown by the block names the block", async () => {
    await expect(run('throw new RangeError("too far");')).rejects.toThrow("README.md:1: too far");
  });
});

describe("checkStated", () => {
  test("a stated decimal fraction is compared to its own precision", () => {
    checkStated(1, 0.76159, 0.7616);
    expect(() => checkStated(1, 0.7617, 0.7616)).toThrow("line 1 of the block: got 0.7617, stated 0.7616");
    expect(() => checkStated(1, 1.0001, 1)).toThrow("line 1 of the block: got 1.0001, stated 1");
  });

  test("lists and objects must have the same members", () => {
    expect(() => checkStated(1, [1, 2], [1])).toThrow("got [ 1, 2 ], stated [ 1 ]");
    expect(() => checkStated(1, { a: 1, b: 2 }, { a: 1 })).toThrow("got { a: 1, b: 2 }, stated { a: 1 }");
  });
});
