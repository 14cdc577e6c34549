import { describe, expect, it } from "vitest";
import { parseDate } from "./parse-date.ts";
import { dateText, later, stepName, stepOf, stepsBetween, usualSeason } from "./step.ts";

const times = (...texts: string[]) => texts.map(parseDate);

describe("parseDate", () => {
  it.each([
    ["2024", "2024-01-01T00:00:00.000Z"],
    ["2024-05", "2024-05-01T00:00:00.000Z"],
    ["2024-5-7", "2024-05-07T00:00:00.000Z"],
    ["2024/05/07", "2024-05-07T00:00:00.000Z"],
    ["20240507", "2024-05-07T00:00:00.000Z"],
    ["2024-05-07 23:30", "2024-05-07T23:30:00.000Z"],
    ["2024-05-07T23:30:15.5Z", "2024-05-07T23:30:15.500Z"],
    ["2024-05-07T23:30:00-03:30", "2024-05-08T03:00:00.000Z"],
    ["0099-12-31", "0099-12-31T00:00:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(new Date(parseDate(text)).toISOString()).toBe(iso);
  });

  it.each(["", "May", "2024-13", "2023-02-29", "2024-01-01 24:00", "2024-01-01 10:60", "12"])(
    "knows that %j is none",
    (text) => {
      expect(parseDate(text)).toBeNaN();
    },
  );
});

describe("steps", () => {
  it.each([
    [times("2024-01-01", "2024-02-01", "2024-03-01"), "1 month", 12],
    [times("2023-10", "2024-01", "2024-04", "2024-10"), "3 months", 4],
    [times("2021", "2022", "2023"), "12 months", 1],
    [times("2024-01-01", "2024-01-08", "2024-01-15"), "1 week", 52],
    [times("2024-01-01", "2024-01-02", "2024-01-05", "2024-01-06"), "1 day", 7],
    [times("2024-01-04", "2024-01-05", "2024-01-08", "2024-01-10"), "1 weekday", 5],
    [times("2024-01-03", "2024-01-04", "2024-01-05"), "1 day", 7],
    [times("2024-01-31", "2024-02-29", "2024-03-31"), "1 month", 12],
    // each as it occurs: the 30th, 29th or last weekday of months, or the last day of those that are shorter
    [times("2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30"), "1 month", 12],
    [times("2023-02-28", "2023-03-29", "2023-04-29"), "1 month", 12],
    [times("2023-08-30", "2023-11-30", "2024-02-29", "2024-05-30"), "3 months", 4],
    [times("2024-02-29", "2024-03-29", "2024-04-30", "2024-05-31", "2024-06-28"), "1 month", 12],
    [times("2020-02-29", "2021-02-28", "2022-02-28"), "12 months", 1],
    [times("2023-12-31", "2024-03-31", "2024-06-30", "2024-09-30"), "3 months", 4],
    [times("2024-01-01 00:00", "2024-01-01 01:00"), "1 hour", 24],
    [times("2024-01-01 00:00", "2024-01-01 00:15"), "15 minutes", 96],
  ])("of %j", (dates, name, season) => {
    const step = stepOf(dates);
    expect([stepName(step), usualSeason(step)]).toEqual([name, season]);
    expect(later(dates[0]!, 1, step)).toBe(dates[1]);
    expect(stepsBetween(dates[0]!, dates[1]!, step)).toBe(1);
  });

  it("tells times that lie between them", () => {
    expect(
      stepsBetween(parseDate("2024-01-01"), parseDate("2024-03-02"), { unit: "month", count: 1 }),
    ).toBeNaN();
    expect(
      stepsBetween(parseDate("2024-01-31"), parseDate("2024-02-28"), { unit: "month-end", count: 1 }),
    ).toBeNaN();
    expect(
      stepsBetween(parseDate("2024-01-05"), parseDate("2024-01-06"), { unit: "weekday", count: 1 }),
    ).toBeNaN();
    expect(stepsBetween(0, 90_000, { unit: "ms", count: 60_000 })).toBe(1.5);
  });

  it("go back as well as forth, over weekends and leap years", () => {
    const weekday = { unit: "weekday", count: 1 } as const;
    const friday = parseDate("1969-12-26 16:00");
    for (let n = -12; n <= 12; n++) {
      const time = later(friday, n, weekday);
      expect(stepsBetween(friday, time, weekday)).toBe(n);
      expect(new Date(time).toISOString()).toMatch(/T16:00/);
    }
    expect(later(friday, 1, weekday)).toBe(parseDate("1969-12-29 16:00"));
    expect(later(parseDate("2024-01-31"), -11, { unit: "month-end", count: 1 })).toBe(
      parseDate("2023-02-28"),
    );
  });

  it.each([
    ["2024-01-31", "month-end", ["2024-02-29", "2024-03-31", "2024-04-30"]],
    ["2023-02-28", "month-30", ["2023-03-30", "2023-04-30", "2023-05-30"]],
    ["2023-01-30", "month-30", ["2023-02-28", "2023-03-30", "2023-04-30"]],
    ["2023-02-28", "month-29", ["2023-03-29", "2023-04-29", "2023-05-29"]],
    ["2024-05-31", "month-last-weekday", ["2024-06-28", "2024-07-31", "2024-08-30"]],
    ["0099-12-31", "month-end", ["0100-01-31", "0100-02-28", "0100-03-31"]],
  ] as const)("goes on from %s by %s", (start, unit, next) => {
    const step = { unit, count: 1 };
    const first = parseDate(start);
    expect([1, 2, 3].map((n) => later(first, n, step))).toEqual(next.map(parseDate));
    expect([1, 2, 3].map((n) => stepsBetween(first, later(first, n, step), step))).toEqual([1, 2, 3]);
    expect(later(later(first, 3, step), -3, step)).toBe(first);
  });

  it("of months that most times fit to are taken where one does not", () => {
    const odd = times("2023-11-30", "2023-12-31", "2024-01-31", "2024-02-25", "2024-03-31", "2024-04-30");
    expect(stepOf(odd)).toEqual({ unit: "month-end", count: 1 });
    expect(stepOf(times("2024-01-05", "2024-02-05", "2024-03-04", "2024-04-05")).unit).toBe("month");
  });

  it("prints dates as precisely as they need", () => {
    const [time] = times("2024-05-01 06:30") as [number];
    expect(dateText(time - 6.5 * 3_600_000, { unit: "month", count: 1 })).toBe("2024-05");
    expect(dateText(parseDate("2024-05-15"), { unit: "month", count: 1 })).toBe("2024-05-15");
    expect(dateText(time, { unit: "ms", count: 86_400_000 })).toBe("2024-05-01");
    expect(dateText(time, { unit: "ms", count: 1_800_000 })).toBe("2024-05-01 06:30");
  });
});
