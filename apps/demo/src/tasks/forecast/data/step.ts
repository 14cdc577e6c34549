/** The distance of steps: so many milliseconds, or so many months. */
export interface Step {
  readonly unit: "ms" | "month";
  readonly count: number;
}

const DAY = 86_400_000;

/** The time `steps` steps later. */
export function later(time: number, steps: number, { unit, count }: Step): number {
  if (unit === "ms") return time + steps * count;
  const date = new Date(time);
  date.setUTCMonth(date.getUTCMonth() + steps * count);
  return date.getTime();
}

/** How many steps one time is after another; no whole number if it lies between steps. */
export function stepsBetween(first: number, time: number, step: Step): number {
  if (step.unit === "ms") return (time - first) / step.count;
  const [a, b] = [new Date(first), new Date(time)];
  const months = 12 * (b.getUTCFullYear() - a.getUTCFullYear()) + b.getUTCMonth() - a.getUTCMonth();
  const steps = months / step.count;
  return later(first, steps, step) === time ? steps : Number.NaN;
}

/** The most frequent distance of increasing times; in months if that is four weeks or more. */
export function stepOf(times: readonly number[]): Step {
  const step = mostFrequent(times.slice(1).map((time, i) => time - times[i]!));
  if (step < 28 * DAY) return { unit: "ms", count: step };
  const months = (time: number): number => {
    const date = new Date(time);
    return 12 * date.getUTCFullYear() + date.getUTCMonth();
  };
  return {
    unit: "month",
    count: mostFrequent(times.slice(1).map((time, i) => months(time) - months(times[i]!))),
  };
}

/** Steps of the season that such a series usually has: a year of months, a week of days, a day of hours; 1 if none is known. */
export function usualSeason({ unit, count }: Step): number {
  const cycle = unit === "month" ? 12 : count < DAY ? DAY : count < 7 * DAY ? 7 * DAY : 364 * DAY;
  return cycle % count === 0 ? cycle / count : 1;
}

/** "1 month", "15 minutes". */
export function stepName({ unit, count }: Step): string {
  if (unit === "month") return plural(count, "month");
  for (const [name, ms] of [
    ["week", 7 * DAY],
    ["day", DAY],
    ["hour", DAY / 24],
    ["minute", 60_000],
  ] as const) {
    if (count % ms === 0) return plural(count / ms, name);
  }
  return `${count / 1000} seconds`;
}

/** A date as precise as the steps need it. */
export function dateText(time: number, { unit, count }: Step): string {
  const text = new Date(time).toISOString();
  if (unit === "month") return text.slice(0, text.slice(8, 10) === "01" ? 7 : 10);
  return count % DAY === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

function plural(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

function mostFrequent(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}
