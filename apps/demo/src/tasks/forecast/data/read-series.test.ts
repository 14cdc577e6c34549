import { describe, expect, it } from "vitest";
import { InputError } from "../../../errors.ts";
import { dateFields } from "./date-form.ts";
import { parseSeries } from "./read-series.ts";
import { timeText } from "./series.ts";

const columns = { date: "day", target: "y", inputs: [] };

describe("parseSeries", () => {
  it("sorts rows, averages those of one step and leaves steps without a row empty", async () => {
    const text = "day,y\n2024-01-05,5\n2024-01-02,2\n2024-01-03,\n2024-01-02,4\n2024-01-06,6\n";
    const series = await parseSeries(text, columns, "f");
    expect(series.rows).toEqual([[3], [Number.NaN], [Number.NaN], [5], [6]]);
    expect([series.gaps, series.repeated]).toEqual([1, 1]);
    expect(series.conflicts).toEqual({ dates: 1, row: 5 });
    expect(series.times.map((time) => new Date(time).getUTCDate())).toEqual([2, 3, 4, 5, 6]);
  });

  it("begins where every column has been observed", async () => {
    const text = "y\tday\tx\nNA\t2024-01\t1\n2\t2024-02\tnull\n3\t2024-03\t3\n4\t2024-04\t \n";
    const series = await parseSeries(text, { ...columns, inputs: ["x"] }, "f");
    expect(series.rows).toEqual([
      [3, 3],
      [4, Number.NaN],
    ]);
  });

  it.each([
    ["month-end", ["2024-01-31", "2024-02-29", "2024-03-31"]],
    ["weekday", ["2024-01-04", "2024-01-05", "2024-01-08"]],
  ])("counts by %s in the zone of the file", async (unit, dates) => {
    for (const clock of ["T00:00+02:00", "T23:00-0500", " 12:00Z"]) {
      const text = `day,y\n${dates.map((date, k) => `${date}${clock},${k}\n`).join("")}`;
      const series = await parseSeries(text, columns, "f");
      expect([series.step.unit, series.rows]).toEqual([unit, [[0], [1], [2]]]);
      expect(series.times.map((time) => dateFields(time, series.dateForm)[0])).toEqual(
        dates.map((date) => date + clock),
      );
      expect(timeText(series, series.times[1]!)).toBe(dates[1]);
    }
  });

  it("counts in UTC if the zones differ", async () => {
    const text = "day,y\n2024-03-31T00:00+01:00,0\n2024-03-31T01:00+01:00,1\n2024-03-31T03:00+02:00,2\n";
    const series = await parseSeries(text, columns, "f");
    expect(series.rows).toEqual([[0], [1], [2]]);
    expect(timeText(series, series.times[2]!)).toBe("2024-03-31 01:00Z");
  });

  it("tells rows of one date that agree from those that do not", async () => {
    const of = async (...rows: string[]) =>
      (await parseSeries(["day,y", ...rows].join("\n"), columns, "f")).conflicts;
    const others = ["2024-02,1", "2024-03,1"];
    expect(await of("2024-01,1", "2024-01,1", "2024-01,", ...others)).toEqual({ dates: 0, row: 0 });
    expect(await of("2024-01,1", "2024-03,2", ...others, "2024-01,1", "2024-01,3")).toEqual({
      dates: 2,
      row: 5,
    });
  });

  it.each(["1", "-1.5", "+.5", "5.", "1e3", "2.5E-1"])("reads %j", async (text) => {
    const { rows } = await parseSeries(`day,y\n2024-01,${text}\n2024-02,0\n2024-03,0\n`, columns, "f");
    expect(rows[0]).toEqual([Number(text)]);
  });

  it.each([",", "\t", ";", "|"])("reads fields between %j", async (delimiter) => {
    const text = 'day,y,"x,;"\n2024-01,1,\n2024-02,2,\n2024-03,3,'.replaceAll(/,(?!;)/g, delimiter);
    expect((await parseSeries(text, columns, "f")).rows).toEqual([[1], [2], [3]]);
  });

  it("reads rows that are longer than a header, if all of them are", async () => {
    const rows = ["day,y", "2024-01,1,x", "2024-02,2,x", "2024-03,3,x"];
    expect((await parseSeries(rows.join("\n"), columns, "f")).rows).toEqual([[1], [2], [3]]);
    rows[2] = "2024-02,2";
    await expect(parseSeries(rows.join("\n"), columns, "f")).rejects.toThrow(
      new InputError("f: row 3 has 2 fields, but row 2 has 3"),
    );
  });

  it.each([
    ["day,y\n2024-01,1\n2024-02,2\n", "f: has 2 dates, expected a time series of at least 3"],
    ["day,y\n2024-01,1\n2024-02,2,3\n", "f: row 3 has 3 fields, but the header has 2"],
    ["day,y\n\n2024-01,1\n\n2024-02\n", "f: row 5 has 1 field, but the header has 2"],
    [
      'day,y\n2024-01,"1\n',
      "f: row 2: quote not closed; end the field with a quote, and write each quote inside it twice",
    ],
    ['day,y\n2024-01,"1\n"\n2024-02\n', "f: row 3 (line 4) has 1 field, but the header has 2"],
    [
      "day;y\n2024-01;1,5\n",
      'f: row 2: "1,5" in column "y" is no number; write it with a decimal point and nothing between thousands, like 1234.5',
    ],
    [
      "day,y,y\n2024-01,1,2\n",
      'f: 2 columns are called "y"; give each its own name, or choose another with --target COLUMN',
    ],
    [
      'day,y\n2024-01,"1,100.00"\n',
      'f: row 2: "1,100.00" in column "y" is no number; write it with a decimal point and nothing between thousands, like 1234.5',
    ],
    ["day,y\n2024-01,0x10\n", 'f: row 2: "0x10" in column "y" is no number; leave missing values empty'],
    [
      "day,y\n2024-01,Infinity\n",
      'f: row 2: "Infinity" in column "y" is no number; leave missing values empty',
    ],
    ["day,y\n2024-01,a\n", 'f: row 2: "a" in column "y" is no number; leave missing values empty'],
    [
      "day,y\n2024-01,1e9\n2024-02,-2e120\n",
      'f: row 3: "-2e120" in column "y" is too large to reckon with; write the column in a larger unit',
    ],
    ["day,x\n2024-01,1\n", 'f: no column "y"; it has "day", "x"; choose one with --target COLUMN'],
    ["day,y\n2024-01,\n2024-02,\n2024-03,\n", "f: no step has a value in every column that is read"],
    [
      "day,y\n2024-01-01,1\n2024-01-02,2\n2024-01-03,2\n2024-01-04 12:00,3\n",
      "f: 2024-01-04T12:00 is not on the steps from 2024-01-01T00:00; series must have equal steps, so average or resample them first",
    ],
    [
      "day,y\n2024-01-30,1\n2024-02-29,2\n2024-03-30,2\n2024-04-25,3\n2024-05-30,2\n",
      "f: 2024-04-25T00:00 is not on the steps from 2024-01-30T00:00; series must have equal steps, so average or resample them first",
    ],
    [
      "day,y\n2000-01-01,1\n2000-01-02,2\n2024-01-03,3\n",
      "f: only 3 of 8,769 steps of 1 day have a row; sum or average the rows to longer steps, or leave out those that lie far apart",
    ],
  ])("%j: %s", async (text, message) => {
    await expect(parseSeries(text, columns, "f")).rejects.toThrow(new InputError(message));
  });
});
