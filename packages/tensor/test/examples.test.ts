import { fileURLToPath } from "node:url";
import { runExample, runnableExamples } from "@internal/testing";
import { describe, expect, test } from "vitest";

const packageRoot = fileURLToPath(new URL("..", import.meta.url));

describe("examples of the README and of the documentation comments run as written", () => {
  const examples = runnableExamples(packageRoot);

  test.each(examples.map((example) => [example.name, example] as const))("%s", async (_, example) => {
    await runExample(packageRoot, example);
  });

  test("there are examples to run", () => {
    expect(examples.length).toBeGreaterThan(130);
  });
});
