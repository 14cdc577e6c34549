import { counted } from "../../../terminal/format.ts";
import { monthNumber, plusMonths } from "./months.ts";
import { DAY, isWeekend, plusWeekdays, weekdayNotAfter, weekdayNumber } from "./weekdays.ts";

/**
 * The distance of steps: so many milliseconds, days from Monday to Friday, or months. Months are counted from the same day of each,
 * from the 29th or 30th (the last day of a month that has none), from their last day or from their last weekday.
 */
export interface Step {
  readonly unit: (typeof UNITS)[number];
  readonly count: number;
}

/** The ways to count months, the likeliest first. */
const MONTHS = ["month-end", "month", "month-30", "month-29", "month-last-weekday"] as const;

/** All units. */
export const UNITS: readonly ["ms", "weekday", ...typeof MONTHS] = ["ms", "weekday", ...MONTHS];

/** The day of the month that a unit is counted from; the same as before if there is none. */
const DAYS: Partial<Record<Step["unit"], number>> = { "month-29": 29, "month-30": 30, "month-end": 31 };

/** The time `steps` steps later. */
export function later(time: number, steps: number, { unit, count }: Step): number {
  if (unit === "ms") return time + steps * count;
  if (unit === "weekday") return plusWeekdays(time, steps * count);
  if (unit === "month-last-weekday") return weekdayNotAfter(plusMonths(time, steps * count, 31));
  return plusMonths(time, steps * count, DAYS[unit]);
}

/** How many steps one time is after another; no whole number if it lies between steps. */
export function stepsBetween(first: number, time: number, step: Step): number {
  if (step.unit === "ms") return (time - first) / step.count;
  const numberOf = step.unit === "weekday" ? weekdayNumber : monthNumber;
  const steps = (numberOf(time) - numberOf(first)) / step.count;
  return later(first, steps, step) === time ? steps : Number.NaN;
}

/**
 * The most frequent distance of increasing times: in months if that is four weeks or more, in weekdays if that is a day and no
 * time lies in one of the weekends between them.
 */
export function stepOf(times: readonly number[]): Step {
  const step = mostFrequent(times.slice(1).map((time, i) => time - times[i]!));
  if (step === DAY && hasNoWeekends(times)) return { unit: "weekday", count: 1 };
  if (step < 28 * DAY) return { unit: "ms", count: step };
  return {
    unit: monthUnitOf(times),
    count: mostFrequent(times.slice(1).map((time, i) => monthNumber(time) - monthNumber(times[i]!))),
  };
}

/** The way to count months that most times fit to. */
function monthUnitOf(times: readonly number[]): Step["unit"] {
  const day = mostFrequent(times.map((time) => new Date(time).getUTCDate()));
  const fits = (time: number, unit: Step["unit"]) =>
    unit === "month" ? new Date(time).getUTCDate() === day : later(time, 0, { unit, count: 1 }) === time;
  const counts = MONTHS.map((unit) => times.filter((time) => fits(time, unit)).length);
  return MONTHS[counts.indexOf(Math.max(...counts))]!;
}

/** Steps of the season that such a series usually has: a year of months, a week of days, a day of hours; 1 if none is known. */
export function usualSeason({ unit, count }: Step): number {
  const cycle = unit === "ms" ? usualCycle(count) : unit === "weekday" ? 5 : 12;
  return cycle % count === 0 ? cycle / count : 1;
}

function usualCycle(ms: number): number {
  if (ms < DAY) return DAY;
  return ms < 7 * DAY ? 7 * DAY : 364 * DAY;
}

/** "1 month", "15 minutes". */
export function stepName({ unit, count }: Step): string {
  if (unit === "weekday") return counted(count, "weekday");
  if (unit !== "ms") return counted(count, "month");
  for (const [name, ms] of [
    ["week", 7 * DAY],
    ["day", DAY],
    ["hour", DAY / 24],
    ["minute", 60_000],
  ] as const) {
    if (count % ms === 0) return counted(count / ms, name);
  }
  return counted(count / 1000, "second");
}

/** A date as precise as the steps need it. */
export function dateText(time: number, { unit, count }: Step): string {
  const text = new Date(time).toISOString();
  if (unit === "month") return text.slice(0, text.slice(8, 10) === "01" ? 7 : 10);
  return unit !== "ms" || count % DAY === 0
    ? text.slice(0, 10)
    : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** Whether the times pass over weekends, each of them. */
function hasNoWeekends(times: readonly number[]): boolean {
  const [first, last] = [times[0]!, times.at(-1)!];
  const hasPassed = last - first > (weekdayNumber(last) - weekdayNumber(first)) * DAY;
  return hasPassed && !times.some(isWeekend);
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
