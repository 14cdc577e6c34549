import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { examplesIn, runExample } from "@internal/testing";
import { describe, expect, test } from "vitest";
import { textToNumbers } from "../.vitepress/theme/course/text-to-numbers.ts";

const docs = join(import.meta.dirname, "..");
const pages = [
  "../README.md",
  ...["guide", "course"].flatMap((folder) =>
    readdirSync(join(docs, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

describe.each(pages)("%s", (page) => {
  const examples = examplesIn(page, readFileSync(join(docs, page), "utf8"));

  test("has code", () => expect(examples.length).toBeGreaterThan(0));

  test.each(examples.map((example) => [example.name, example] as const))("%s runs", (_name, example) =>
    runExample(docs, example),
  );
});

describe("the live component of text to numbers", () => {
  const samples = ["We are learning AI", "AI is a CS topic"];

  test("shows the stages that the page explains", () => {
    const stages = textToNumbers(samples, "AI topic in CS is difficult", 8, 5);
    expect(stages.vocabulary).toEqual(["<unk>", "<pad>", "ai", "a", "are", "cs", "is", "learning"]);
    expect(stages.ids).toEqual([2, 0, 0, 5, 6]);
    expect(stages.tokens.map(({ known }) => known)).toEqual([true, false, false, true, true, false]);
  });

  test("says what is wrong with an empty number field", () => {
    expect(textToNumbers(samples, "AI", Number.NaN, 5).error).toMatch(/maxTokens/);
  });
});
