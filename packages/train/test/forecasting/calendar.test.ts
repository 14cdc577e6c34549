import { expectClose } from "@internal/testing";
import { calendarFeatures, extendTimestamps } from "@rnn/train/forecasting";
import { describe, expect, test } from "vitest";

const iso = (times: readonly number[]) => times.map((time) => new Date(time).toISOString());

describe("calendarFeatures", () => {
  test.each([
    ["hour", "2024-03-10T18:00Z", 18 / 24],
    ["hour", "1969-12-31T06:30Z", 6.5 / 24],
    ["weekday", "2024-03-11T23:59Z", 0],
    ["weekday", "2024-03-10T00:00Z", 6 / 7],
    ["month", "2024-12-31T23:59Z", 11 / 12],
    ["dayOfYear", "2023-12-31T12:00Z", 364 / 365],
    ["dayOfYear", "2024-12-31T12:00Z", 365 / 366],
  ] as const)("%s of %s", (feature, time, phase) => {
    const [row] = calendarFeatures([new Date(time)], {
      features: [feature],
      dtype: "float64",
    }).toArray() as number[][];
    const angle = 2 * Math.PI * phase;
    expectClose(row!, [Math.sin(angle), Math.cos(angle)], { rtol: 1e-14, atol: 1e-14 });
  });

  test("is [T, 2 * features]", () => {
    const features = calendarFeatures([0, 1, 2], { features: ["weekday", "hour"] });
    expect([features.shape, features.dtype]).toEqual([[3, 4], "float32"]);
  });

  test("says what it takes", () => {
    expect(() => calendarFeatures([0], { features: ["day" as "hour"] })).toThrow(
      'calendarFeatures: a feature must be "hour" or "weekday" or "month" or "dayOfYear", got "day"',
    );
    expect(() => calendarFeatures(["2024-01-01"] as unknown as Date[], { features: ["hour"] })).toThrow(
      'calendarFeatures: timestamp 0 must be a date or milliseconds, got "2024-01-01"; parse it first, e.g. with Date.parse',
    );
    expect(() => calendarFeatures([new Date("x")], { features: ["hour"] })).toThrow(
      "calendarFeatures: timestamp 0 must be a date or milliseconds, got an invalid Date",
    );
    expect(() => calendarFeatures([], { features: [] })).toThrow("calendarFeatures: features is empty");
  });
});

describe("extendTimestamps", () => {
  test("continues hours", () => {
    const times = [0, 1, 2].map((hour) => Date.UTC(2024, 1, 28, 21 + hour));
    expect(iso(extendTimestamps(times, 2))).toEqual(["2024-02-29T00:00:00.000Z", "2024-02-29T01:00:00.000Z"]);
  });

  test("continues quarters and years", () => {
    const quarters = ["2023-05-15", "2023-08-15", "2023-11-15"].map(Date.parse);
    expect(iso(extendTimestamps(quarters, 1))).toEqual(["2024-02-15T00:00:00.000Z"]);
    const years = ["2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01"].map((day) => new Date(day));
    expect(iso(extendTimestamps(years, 1))).toEqual(["2026-01-01T00:00:00.000Z"]);
  });

  test("takes months for months also where they are equally long", () => {
    const first = ["2025-07-01", "2025-08-01", "2025-09-01"].map(Date.parse);
    expect(iso(extendTimestamps(first, 1))).toEqual(["2025-10-01T00:00:00.000Z"]);
    const years = ["2021-01-01", "2022-01-01", "2023-01-01"].map(Date.parse);
    expect(iso(extendTimestamps(years, 2))[1]).toBe("2025-01-01T00:00:00.000Z");
    const weeks = ["2024-01-29", "2024-02-05", "2024-02-12"].map(Date.parse);
    expect(iso(extendTimestamps(weeks, 1))).toEqual(["2024-02-19T00:00:00.000Z"]);
  });

  test("continues the last days of months and quarters", () => {
    const months = ["2023-11-30", "2023-12-31", "2024-01-31"].map(Date.parse);
    expect(iso(extendTimestamps(months, 3)).map((day) => day.slice(0, 10))).toEqual([
      "2024-02-29",
      "2024-03-31",
      "2024-04-30",
    ]);
    const quarters = ["2023-06-30T12:00Z", "2023-09-30T12:00Z", "2023-12-31T12:00Z"].map(Date.parse);
    expect(iso(extendTimestamps(quarters, 1))).toEqual(["2024-03-31T12:00:00.000Z"]);
    expect(() => extendTimestamps(["2023-11-30", "2023-12-30", "2024-01-31"].map(Date.parse), 1)).toThrow(
      "steps must have one positive distance, in time or in months",
    );
  });

  test("refuses steps of several distances", () => {
    expect(() => extendTimestamps([0, 1000, 3000], 1)).toThrow(
      "extendTimestamps: step 2 comes 2000 ms after the one before, but step 1 1000 ms; steps must have one positive distance, in time or in months",
    );
    expect(() => extendTimestamps([5, 5], 1)).toThrow(
      "extendTimestamps: step 1 comes 0 ms after the one before",
    );
    expect(() => extendTimestamps([5], 1)).toThrow(
      "extendTimestamps: got 1 timestamps; two at least tell the distance of steps",
    );
  });
});
