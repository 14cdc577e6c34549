import { type CSVRow, readCSV, readCSVRows } from "@rnn/train/data";
import { describe, expect, test } from "vitest";

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The same text cut into pieces of every length. */
const pieces = (text: string, size: number): string[] => text.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];

const NOT_CLOSED = "quote not closed; end the field with a quote, and write each quote inside it twice";
const TEXT_AFTER = "text after a closing quote; write each quote inside a quoted field twice";

describe("readCSV", () => {
  test("reads records, wherever the pieces are cut", async () => {
    const text = '\ufeffid, text ,label\r\n1,"a ""b"", c\r\nd",x\r\n\n2,,"y"\n__proto__,"",z';
    for (let size = 1; size <= text.length; size++) {
      expect(await all(readCSV(pieces(text, size)))).toEqual([
        { id: "1", text: 'a "b", c\r\nd', label: "x" },
        { id: "2", text: "", label: "y" },
        { id: "__proto__", text: "", label: "z" },
      ]);
    }
  });

  test("takes other delimiters and line ends; a quote inside a field is itself", async () => {
    expect(await all(readCSV(['a\tb\r1\t2 "x"\r3\t4'], { delimiter: "\t" }))).toEqual([
      { a: "1", b: '2 "x"' },
      { a: "3", b: "4" },
    ]);
  });

  test("takes the names of a file that has none", async () => {
    expect(await all(readCSV(["\n1,good\n2,bad\n"], { columns: ["label", "text"] }))).toEqual([
      { label: "1", text: "good" },
      { label: "2", text: "bad" },
    ]);
  });

  test("takes a column called __proto__ for one like any other", async () => {
    const [record] = await all(readCSV(["__proto__,b\n1,2\n"]));
    expect(Object.entries(record!)).toEqual([
      ["__proto__", "1"],
      ["b", "2"],
    ]);
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
  });

  test.each<[AsyncIterable<unknown>, Error]>([
    [
      readCSV(["a,b\n1\n"]),
      new RangeError(
        "readCSV: row 2 has 1 field, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    ],
    [
      readCSV(['a,b\r\n"1\r\n\r2\n","3"\r\n\r\n4,5,6\r\n']),
      new RangeError(
        "readCSV: row 4 (line 7) has 3 fields, but the header has 2; put quotes around fields that contain the delimiter",
      ),
    ],
    [
      readCSV(["1,2\n3\n"], { columns: ["a", "b"] }),
      new RangeError(
        "readCSV: row 2 has 1 field, but there are 2 columns; put quotes around fields that contain the delimiter",
      ),
    ],
    [readCSV(["a,b, a\n"]), new RangeError('readCSV: two columns are called "a"; give each its own name')],
    [
      readCSV(["1,2\n"], { columns: ["a", "a"] }),
      new RangeError('readCSV: two columns are called "a"; give each its own name'),
    ],
    [readCSV(['a\n"b']), new RangeError(`readCSV: row 2: ${NOT_CLOSED}`)],
    [readCSV(['a\n"b" c\n']), new RangeError(`readCSV: row 2: ${TEXT_AFTER}`)],
    [
      readCSV(["a"], { delimiter: ",," }),
      new TypeError('readCSV: delimiter must be one character that is no quote or line end, got ",,"'),
    ],
    [
      readCSV(["a"], { columns: 3 as never }),
      new TypeError("readCSV: columns must be a list of names, got 3"),
    ],
    [
      readCSV(["a"], { header: false } as never),
      new TypeError('readCSV: unknown option "header"; options are delimiter, columns'),
    ],
  ])("case %#", async (items, error) => {
    await expect(all(items)).rejects.toThrow(error);
  });
});

describe("readCSVRows", () => {
  const rows = (text: string) => all(readCSVRows([text]));

  test("says where each row stands, as spreadsheets and as editors count", async () => {
    expect(await rows('a,b\n"1\n2",\n\n3,"4"')).toEqual<CSVRow[]>([
      { fields: ["a", "b"], row: 1, line: 1 },
      { fields: ["1\n2", ""], row: 2, line: 2 },
      { fields: ["3", "4"], row: 4, line: 5 },
    ]);
  });

  test.each<[text: string, fields: string[][]]>([
    ["", []],
    ["\n \r\n", []],
    ["a,\n", [["a", ""]]],
    [",", [["", ""]]],
    ['""', [[""]]],
    ['a "quoted" word,5\n', [['a "quoted" word', "5"]]],
    ['"""a""",b\n\n"c"\r"d"', [['"a"', "b"], ["c"], ["d"]]],
  ])("%j", async (text, fields) => {
    expect((await rows(text)).map((row) => row.fields)).toEqual(fields);
  });

  test("names the row where a quoted field begins, and where the next quote closes it too late", async () => {
    const many = Array.from({ length: 40 }, (_, n) => `pos,text ${n}\n`).join("");
    await expect(rows(`label,text\n${many}pos,"oops never closed\nneg,bad\n`)).rejects.toThrow(
      new RangeError(`readCSVRows: row 42: ${NOT_CLOSED}`),
    );
    await expect(rows('a,b\r\n"c\r\nd",e\r\n\r\n"')).rejects.toThrow(
      new RangeError(`readCSVRows: row 4 (line 5): ${NOT_CLOSED}`),
    );
    await expect(rows('a,"b""')).rejects.toThrow(new RangeError(`readCSVRows: row 1: ${NOT_CLOSED}`));
    await expect(rows('label,text\npos,"oops\nneg,"bad, very"\n')).rejects.toThrow(
      new RangeError(`readCSVRows: row 2: ${TEXT_AFTER}`),
    );
  });

  test("refuses a path that is none", async () => {
    await expect(all(readCSVRows(5 as never))).rejects.toThrow(
      new TypeError("readCSVRows: source must be a path or pieces of text, got 5"),
    );
  });
});
