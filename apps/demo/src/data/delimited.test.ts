import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { parseDelimited } from "./delimited.ts";

const columns = { text: "review", label: "stars" };

describe("parseDelimited", () => {
  it("reads quoted fields with commas, quotes and line ends", () => {
    const content = 'id,review,stars\r\n1,"Good, ""really"" good\nindeed",5\r\n\r\n2,bad,1\r\n';
    expect(parseDelimited(content, "csv", columns, "r.csv").examples).toEqual([
      { text: 'Good, "really" good\nindeed', label: "5" },
      { text: "bad", label: "1" },
    ]);
  });

  it("reads tab-separated values", () => {
    expect(parseDelimited("stars\treview\n5\tvery, very good\n", "tsv", columns, "r.tsv").examples).toEqual([
      { text: "very, very good", label: "5" },
    ]);
  });

  it("passes over blank lines, before the header too", () => {
    const content = "\n \nreview,stars\n\nfine,5\n";
    expect(parseDelimited(content, "csv", columns, "r.csv").examples).toEqual([{ text: "fine", label: "5" }]);
    expect(() => parseDelimited("\nreview,stars\na,b,c\n", "csv", columns, "r.csv")).toThrow(
      new InputError(
        "r.csv: row 3 has 3 fields, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    );
  });

  it("reads the group, if one is asked for", () => {
    const grouped = { ...columns, group: "film" };
    const content = "film,review,stars\nseven,fine,5\n,bad,1\n";
    expect(parseDelimited(content, "csv", grouped, "r.csv").examples).toEqual([
      { text: "fine", label: "5", group: "seven" },
      { text: "bad", label: "1" },
    ]);
    expect(() => parseDelimited("review,stars\nfine,5\n", "csv", grouped, "r.csv")).toThrow(
      new InputError('r.csv: no column "film"; it has "review", "stars"; choose one with --group COLUMN'),
    );
  });

  it("counts rows without text or label", () => {
    expect(parseDelimited("review,stars\n,5\nfine,\nok,3\n", "csv", columns, "r.csv")).toEqual({
      examples: [{ text: "ok", label: "3" }],
      skipped: 2,
    });
  });

  it("treats a column called __proto__ as any other", () => {
    const names = { text: "__proto__", label: "constructor" };
    expect(parseDelimited("__proto__,constructor\nhello,a\n", "csv", names, "r.csv").examples).toEqual([
      { text: "hello", label: "a" },
    ]);
  });

  it("says which columns there are when one is missing", () => {
    expect(() => parseDelimited("id,Review,stars\n", "csv", columns, "r.csv")).toThrow(
      new InputError(
        'r.csv: no column "review"; it has "id", "Review", "stars"; choose one with --text COLUMN',
      ),
    );
    expect(() => parseDelimited("review,mark\n", "csv", columns, "r.csv")).toThrow(
      new InputError('r.csv: no column "stars"; it has "review", "mark"; choose one with --label COLUMN'),
    );
  });

  it("names the row with another number of fields", () => {
    expect(() => parseDelimited("review,stars\ngood, really,5\n", "csv", columns, "r.csv")).toThrow(
      new InputError(
        "r.csv: row 2 has 3 fields, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    );
  });

  it("names the row whose quote is not closed", () => {
    expect(() => parseDelimited('review\tstars\n"oops\t5\n', "tsv", columns, "r.tsv")).toThrow(
      new InputError(
        "r.tsv: row 2: quote not closed; end the field with a quote, and write each quote inside it twice",
      ),
    );
  });
});
