import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PAIRS, readPairs } from "../tatoeba.ts";
import translation from "./main.ts";
import { words } from "./words.ts";

it("cuts words, signs and what stands before an apostrophe", () => {
  expect(words("Qu'est-ce que c'est ? 19 ans!")).toEqual([
    "qu'",
    "est",
    "-",
    "ce",
    "que",
    "c'",
    "est",
    "?",
    "19",
    "ans",
    "!",
  ]);
});

describe("readPairs", () => {
  it("makes spaces and apostrophes one kind", () => {
    const file = join(mkdtempSync(join(tmpdir(), "pairs-")), "pairs.tsv");
    writeFileSync(file, "Stop!\tArrête\u202f!\tCC-BY 2.0\nIt’s me.\tC’est\u00a0moi.\n\n");
    expect(readPairs(file)).toEqual([
      { english: "Stop!", french: "Arrête !" },
      { english: "It's me.", french: "C'est moi." },
    ]);
  });

  it("finds in the file what its README says", () => {
    expect(readPairs(PAIRS)).toHaveLength(3358);
    expect(readPairs(PAIRS).every(({ english, french }) => english !== "" && french !== "")).toBe(true);
  });
});

it("translates sentences that it never saw, of words that it knows", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "pairs-")), "pairs.tsv");
  const subjects = {
    "I'm": "Je suis",
    "You're": "Tu es",
    "He's": "Il est",
    "We're": "Nous sommes",
    "They're": "Ils sont",
  };
  const adverbs = {
    "": "",
    " not": " pas",
    " always": " toujours",
    " often": " souvent",
    " still": " encore",
  };
  const states = {
    happy: "heureux",
    here: "ici",
    blind: "aveugle",
    rich: "riche",
    calm: "calme",
    free: "libre",
  };
  const lines = Object.entries(subjects).flatMap(([i, je]) =>
    Object.entries(adverbs).flatMap(([not, pas]) =>
      Object.entries(states).map(([happy, heureux]) => `${i}${not} ${happy}.\t${je}${pas} ${heureux}.`),
    ),
  );
  writeFileSync(file, lines.join("\n"));
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(150);
  const small = {
    data: file,
    epochs: 30,
    hidden: 32,
    embedding: 16,
    batch: 16,
    learningRate: 0.01,
    dropout: 0,
    minFreq: 1,
  };
  const printed: string[] = [];
  const { bleu } = await translation.run({ ...translation.defaults, ...small }, (line) => printed.push(line));
  expect(bleu.score).toBeGreaterThan(80);
  expect(printed.at(-1)).toMatch(/^\n.+\n {2}network {2}.+\n {2}people {3}.+$/);
});
