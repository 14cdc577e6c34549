import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { checkQuotes } from "./quotes.ts";

const check = (content: string) => checkQuotes(content, ",", "r.csv");
const notClosed = (row: number) =>
  new InputError(
    `r.csv: row ${row}: quote not closed; end the field with a quote, and write each quote inside it twice`,
  );
const textAfter = (row: number) =>
  new InputError(
    `r.csv: row ${row}: text after a closing quote; write each quote inside a quoted field twice`,
  );

describe("checkQuotes", () => {
  it.each([
    "",
    "a,b\n",
    'a,"b"',
    '"a","b, ""c""\r\nd"\r\n"",""\n',
    'a "quoted" word,5\n',
    '"""a""",b\n\n"c"\r"d"',
  ])("accepts %j", (content) => {
    expect(check(content)).toBeUndefined();
  });

  it("names the row whose quote is not closed", () => {
    const rows = Array.from({ length: 40 }, (_, n) => `pos,text ${n}\n`);
    expect(() => check(`label,text\n${rows.join("")}pos,"oops never closed\nneg,bad\n`)).toThrow(
      notClosed(42),
    );
    expect(() => check('a,b\r\n"c\r\nd",e\r\n\r\n"')).toThrow(notClosed(4));
    expect(() => check('a,"b""')).toThrow(notClosed(1));
  });

  it("names the row where the next quote closes it too late", () => {
    expect(() => check('label,text\npos,"oops\nneg,"bad, very"\n')).toThrow(textAfter(2));
    expect(() => check('label,text\npos,"good" film\n')).toThrow(textAfter(2));
  });
});
