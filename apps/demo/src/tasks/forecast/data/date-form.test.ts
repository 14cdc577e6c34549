import { describe, expect, it } from "vitest";
import { dateFields, dateFormOf } from "./date-form.ts";
import { parseDate, zoneOffset } from "./parse-date.ts";

describe("dates in the form of a file", () => {
  it.each([
    ["2019", "2020"],
    ["2019-12", "2020-01"],
    ["2019-12-01", "2020-01-01"],
    ["2019/12/1", "2020/1/1"],
    ["20191201", "20200101"],
    ["2019-12-01 05:30", "2020-01-01 05:30"],
    ["2019-12-01T05:30:15", "2020-01-01T05:30:15"],
    ["2019-12-01T05:30:15.250Z", "2020-01-01T05:30:15.250Z"],
    ["2019-12-01T00:00:00+02:00", "2020-01-01T00:00:00+02:00"],
    ["2019-12-01 20:00-0530", "2020-01-01 20:00-0530"],
  ])("%s goes on as %s", (known, next) => {
    const form = dateFormOf([[known]]);
    expect(dateFields(parseDate(next) + zoneOffset(form.zone), form)).toEqual([next]);
  });

  it("are as precise as the most precise of them, and in UTC if they are in several zones", () => {
    const form = dateFormOf([["2024-03-31"], ["2024-03-31T01:00+01:00"], ["2024-03-31T03:00+02:00"]]);
    expect(dateFields(parseDate("2024-03-31T04:00+02:00"), form)).toEqual(["2024-03-31T02:00Z"]);
  });

  it("have a field for each column of parts", () => {
    const time = parseDate("2015-01-01 06:00");
    expect(dateFields(time, dateFormOf([["2014", "12", "31", "9"]]))).toEqual(["2015", "1", "1", "6"]);
    expect(dateFields(time, dateFormOf([["2014", "12", "31"]]))).toEqual(["2015", "01", "01"]);
  });
});
