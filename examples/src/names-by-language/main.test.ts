import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import namesByLanguage from "./main.ts";
import { NAMES, readNames } from "./names.ts";

describe("readNames", () => {
  it("counts a name once per language, and those that several languages have", () => {
    const folder = mkdtempSync(join(tmpdir(), "names-"));
    writeFileSync(join(folder, "Welsh.txt"), "Jones\nEvans\nJones\n");
    writeFileSync(join(folder, "English.txt"), "Jones\r\nSmith \r\n\r\n");
    expect(readNames(folder)).toEqual({
      languages: ["English", "Welsh"],
      names: ["Jones", "Smith", "Jones", "Evans"],
      labels: [0, 0, 1, 1],
      lines: 5,
      shared: 1,
    });
  });

  it("finds in the files what their README says", () => {
    const { languages, names, lines, shared } = readNames(NAMES);
    expect([languages.length, lines, names.length, shared]).toEqual([18, 20_050, 18_012, 469]);
  });
});

describe("names-by-language", () => {
  it("tells three languages apart", async () => {
    const folder = mkdtempSync(join(tmpdir(), "names-"));
    for (const file of ["Greek.txt", "Italian.txt", "Japanese.txt"])
      copyFileSync(join(NAMES, file), join(folder, file));
    const lines: string[] = [];
    const settings = { ...namesByLanguage.defaults, data: folder, epochs: 4, hidden: 32, names: "Satoshi" };
    const { accuracy, macroF1, majority, predict } = await namesByLanguage.run(settings, (line) =>
      lines.push(line),
    );
    expect(majority).toBeLessThan(0.6);
    expect(accuracy).toBeGreaterThan(0.85);
    expect(macroF1).toBeGreaterThan(0.8);
    const [likeliest, ...others] = predict("Takahashi");
    expect(likeliest!.language).toBe("Japanese");
    expect(others.reduce((sum, { p }) => sum + p, likeliest!.p)).toBeCloseTo(1, 5);
    expect(lines.at(-1)).toMatch(/Satoshi +Japanese +\d/);
  });
});
