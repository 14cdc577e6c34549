import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { parseDelimited } from "./delimited.ts";

const columns = { text: "review", label: "stars" };

describe("parseDelimited", () => {
  it("reads quoted fields with commas, quotes and line ends", async () => {
    const content = 'id,review,stars\r\n1,"Good, ""really"" good\nindeed",5\r\n\r\n2,bad,1\r\n';
    expect((await parseDelimited(content, columns, "r.csv")).examples).toEqual([
      { text: 'Good, "really" good\nindeed', label: "5" },
      { text: "bad", label: "1" },
    ]);
  });

  it("reads tab-separated values", async () => {
    expect((await parseDelimited("stars\treview\n5\tvery, very good\n", columns, "r.tsv")).examples).toEqual([
      { text: "very, very good", label: "5" },
    ]);
  });

  it("passes over blank lines, before the header too", async () => {
    const content = "\n \nreview,stars\n\nfine,5\n";
    expect((await parseDelimited(content, columns, "r.csv")).examples).toEqual([
      { text: "fine", label: "5" },
    ]);
    await expect(parseDelimited("\nreview,stars\na,b,c\n", columns, "r.csv")).rejects.toThrow(
      new InputError(
        "r.csv: row 3 has 3 fields, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    );
  });

  it("reads the group, if one is asked for", async () => {
    const grouped = { ...columns, group: "film" };
    const content = "film,review,stars\nseven,fine,5\n,bad,1\n";
    expect((await parseDelimited(content, grouped, "r.csv")).examples).toEqual([
      { text: "fine", label: "5", group: "seven" },
      { text: "bad", label: "1" },
    ]);
    await expect(parseDelimited("review,stars\nfine,5\n", grouped, "r.csv")).rejects.toThrow(
      new InputError('r.csv: no column "film"; it has "review", "stars"; choose one with --group COLUMN'),
    );
  });

  it("counts rows without text or label", async () => {
    expect(await parseDelimited("review,stars\n,5\nfine,\nok,3\n", columns, "r.csv")).toEqual({
      examples: [{ text: "ok", label: "3" }],
      skipped: 2,
    });
  });

  it("treats a column called __proto__ as any other", async () => {
    const names = { text: "__proto__", label: "constructor" };
    expect((await parseDelimited("__proto__,constructor\nhello,a\n", names, "r.csv")).examples).toEqual([
      { text: "hello", label: "a" },
    ]);
  });

  it("says which columns there are when one is missing", async () => {
    await expect(parseDelimited("id,Review,stars\n", columns, "r.csv")).rejects.toThrow(
      new InputError(
        'r.csv: no column "review"; it has "id", "Review", "stars"; choose one with --text COLUMN',
      ),
    );
    await expect(parseDelimited("review,mark\n", columns, "r.csv")).rejects.toThrow(
      new InputError('r.csv: no column "stars"; it has "review", "mark"; choose one with --label COLUMN'),
    );
  });

  it("names the row with another number of fields", async () => {
    await expect(parseDelimited("review,stars\ngood, really,5\n", columns, "r.csv")).rejects.toThrow(
      new InputError(
        "r.csv: row 2 has 3 fields, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    );
  });

  it("names the row whose quote is not closed", async () => {
    await expect(parseDelimited('review\tstars\n"oops\t5\n', columns, "r.tsv")).rejects.toThrow(
      new InputError(
        "r.tsv: row 2: quote not closed; end the field with a quote, and write each quote inside it twice",
      ),
    );
  });
});
