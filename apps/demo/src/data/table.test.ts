import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { columnIndex, readTable } from "./table.ts";

describe("readTable", () => {
  it.each([
    ["a,b\n1;,2\n", ["1;", "2"]],
    ["\n a\tb\n1,\t2\n", ["1,", "2"]],
    ["a;b\n1,5;2\n", ["1,5", "2"]],
    ['"a;;",b\n1;,2\n', ["1;", "2"]],
    ["a|b\n1|2", ["1", "2"]],
    ["a\n1|2", ["1|2"]],
  ])("finds the delimiter of %j in its names", async (content, fields) => {
    expect((await readTable(content, "t")).rows.map((row) => row.fields)).toEqual([fields]);
  });

  it("reads what is between the delimiters that it is given", async () => {
    const { header, rows } = await readTable("a,b\tc\n1,\t2\n", "t", "\t");
    expect([header, rows[0]?.fields]).toEqual([
      ["a,b", "c"],
      ["1,", "2"],
    ]);
  });

  it("names the row whose quotes are wrong", async () => {
    await expect(readTable('a,b\n"oops\n', "my $& table.csv")).rejects.toEqual(
      new InputError(
        "my $& table.csv: row 2: quote not closed; end the field with a quote, and write each quote inside it twice",
      ),
    );
    await expect(readTable('a\n"x\ny"\n"b" c\n', "t")).rejects.toEqual(
      new InputError(
        "t: row 3 (line 4): text after a closing quote; write each quote inside a quoted field twice",
      ),
    );
  });
});

describe("columnIndex", () => {
  it("refuses a name that several columns have", async () => {
    const table = await readTable("a,b, b\n", "t");
    expect(columnIndex(table, "a", "text")).toBe(0);
    expect(() => columnIndex(table, "b", "text")).toThrow(
      new InputError(
        't: 2 columns are called "b"; give each its own name, or choose another with --text COLUMN',
      ),
    );
  });
});
