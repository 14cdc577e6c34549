import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { InputError } from "../../errors.ts";
import { encodeCorpus, readTexts } from "./corpus.ts";

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(text) : text);
  }
  return folder;
};

describe("readTexts", () => {
  test("the play that comes with the demo is the one in its README", async () => {
    const { name, parts } = await readTexts(undefined);
    expect(name).toBe("Romeo and Juliet");
    const text = parts.train + parts.validation + parts.test;
    expect(text.length).toBe(133_465);
    const readme = readFileSync(new URL("../../../data/tiny-shakespeare/README.md", import.meta.url), "utf8");
    expect(readme).toContain(createHash("sha256").update(text).digest("hex"));
    expect(readme).toContain(`| ${text.split("\n").length - 1} |`);
  });

  test("of one file the last tenth is kept for validation and test", async () => {
    const text = Array.from({ length: 200 }, (_, i) => String.fromCharCode(97 + (i % 26))).join("");
    const { parts } = await readTexts(join(folderOf({ "a.txt": text }), "a.txt"));
    expect(parts).toEqual({
      train: text.slice(0, 180),
      validation: text.slice(180, 190),
      test: text.slice(190),
    });
  });

  test.each([
    [["ptb.train.txt", "ptb.valid.txt", "ptb.test.txt", "README"]],
    [["wiki.train.tokens.gz", "wiki.valid.tokens.gz", "wiki.test.tokens.gz"]],
    [["train.txt", "validation.txt", "test.txt"]],
  ])("a folder has files by name: %s", async (names) => {
    const folder = folderOf(Object.fromEntries(names.map((name) => [name, `${name} text\n`])));
    const { parts } = await readTexts(folder);
    expect(Object.values(parts)).toEqual(names.slice(0, 3).map((name) => `${name} text\n`));
  });

  test("says what is missing", async () => {
    const folder = folderOf({ "ptb.train.txt": "a", "ptb.test.txt": "b" });
    await expect(readTexts(folder)).rejects.toThrow(
      new InputError(
        `${folder}: has no file for validation, expected one of train, one of valid and one of test, such as ptb.valid.txt`,
      ),
    );
    const two = folderOf({ "ptb.train.txt": "a", "train.txt": "b" });
    await expect(readTexts(two)).rejects.toThrow(
      new InputError(
        `${two}: has 2 files for train, expected one of train, one of valid and one of test, such as ptb.train.txt`,
      ),
    );
    await expect(readTexts("no/such")).rejects.toThrow(new InputError("no/such: no such file"));
  });
});

describe("encodeCorpus", () => {
  const parts = { train: "abab\n", validation: "abc\n", test: "cba" };

  test("characters that training does not have are left out and counted", () => {
    const corpus = encodeCorpus({ name: "x", parts }, "characters", 1);
    expect(corpus.vocabulary.getItos()).toEqual(["a", "b", "\n"]);
    expect(corpus.parts).toEqual({
      train: Int32Array.of(0, 1, 0, 1, 2),
      validation: Int32Array.of(0, 1, 2),
      test: Int32Array.of(1, 0),
    });
    expect(corpus.unknown).toBe(2);
  });

  test("words that training does not have are the unknown one", () => {
    const texts = { train: "a b a\n", validation: "a c\n", test: "c b" };
    const corpus = encodeCorpus({ name: "x", parts: texts }, "words", 1);
    expect(corpus.parts.validation).toEqual(Int32Array.of(2, 0, 1));
    expect(corpus.unknown).toBe(2);
  });

  test.each([
    ["", "x: the test part has 0 characters, expected at least 2"],
    ["a", "x: the test part has 1 character, expected at least 2"],
    ["cacb", ""],
    ["cccb", "x: the test part has 1 character that the learning part has, too, expected at least 2"],
  ])("refuses a part that is too short to predict anything: %j", (text, message) => {
    const encode = () => encodeCorpus({ name: "x", parts: { ...parts, test: text } }, "characters", 1);
    if (message === "") expect(encode).not.toThrow();
    else expect(encode).toThrow(new InputError(message));
  });
});
