import { expect, it } from "vitest";
import { plain } from "../terminal/colour.ts";
import { forecastPlot, type SeriesForecast } from "./forecast.ts";

const step = <Value>(time: string, value: Value) => ({ time, date: [time], value });
const FORECAST: SeriesForecast = {
  notes: [],
  dateColumns: ["month"],
  target: "sales",
  history: [step("May", 0), step("June", 4)],
  steps: [step("July", [4]), step("August", [0])],
  quantiles: null,
};

it("draws a forecast on from the last value that is known", () => {
  const lines = forecastPlot(FORECAST, { width: 40, paint: plain });
  expect(lines[0]).toMatch(/^4\.00 ┤ {3}\S{4} +sales 4\.00$/);
  expect(lines[11]).toMatch(/^0\.00 ┤\S +\S forecast 0\.00$/);
  expect(lines.slice(12)).toEqual(["     └──────────", "      May August"]);
});
