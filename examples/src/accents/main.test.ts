import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import accents from "./main.ts";
import { mostFrequentSpelling } from "./most-frequent-spelling.ts";
import { compareAccents } from "./score.ts";
import { withoutAccents } from "./without-accents.ts";

it("takes accents away and nothing else", () => {
  expect(withoutAccents("Où êtes-vous, garçon ? À Noël, ma sœur !")).toBe(
    "Ou etes-vous, garcon ? A Noel, ma sœur !",
  );
});

it("spells words as they mostly were, and leaves unknown ones", () => {
  const spell = mostFrequentSpelling([
    "Il a mangé là.",
    "Elle a mangé.",
    "Il mange là-bas.",
    "la mer, la nuit, la vie",
  ]);
  expect(spell("Il mange la constructor.")).toBe("Il mangé la constructor.");
});

it("counts letters that may have an accent, words and sentences", () => {
  expect(compareAccents(["Il est la.", "Ca va"], ["Il est là.", "Ça va"])).toEqual({
    letters: 4 / 6, // I e à Ç a a: of them à and Ç are wrong
    words: 3 / 5,
    sentences: 0,
  });
  expect(compareAccents(["là"], ["là"])).toEqual({ letters: 1, words: 1, sentences: 1 });
});

describe("accents", () => {
  it("learns from the context which accent a letter has", async () => {
    // "à" after "va", "a" elsewhere: what no dictionary of words can know
    const people = ["Paul", "Marie", "Jean", "Anne", "Luc", "Robert", "Julie", "Ali", "Momo", "Marc"];
    const words = ["Paris", "Lyon", "Nantes", "Toulon", "Marseille", "Lille", "Cannes", "Rouen"];
    const lines = people.flatMap((who) =>
      words.flatMap((word) => [`x\t${who} va à ${word}`, `x\t${who} a ${word}`]),
    );
    const file = join(mkdtempSync(join(tmpdir(), "accents-")), "pairs.tsv");
    writeFileSync(file, lines.join("\n"));
    const printed: string[] = [];
    const settings = {
      ...accents.defaults,
      data: file,
      epochs: 12,
      batch: 8,
      hidden: 16,
      learningRate: 0.01,
      text: "Luc va a Berlin",
    };
    const result = await accents.run(settings, (line) => printed.push(line));
    expect(result["recurrent network"].sentences).toBe(1);
    expect(result["most frequent spelling of the word"].sentences).toBeLessThan(1);
    expect(printed.at(-1)).toBe("\nLuc va a Berlin\nLuc va à Berlin");
    expect(result.restore(["Zoe a Rouen"])).toEqual(["Zoe a Rouen"]);
  });
});
