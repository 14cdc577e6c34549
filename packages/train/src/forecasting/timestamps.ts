import { checkInteger, checkList, describe } from "../check.ts";

/**
 * Times of the steps of a series: dates, or milliseconds since 1970-01-01 UTC as `Date.parse` and `Date.UTC` give them.
 *
 * @public
 */
export type Timestamps = readonly Date[] | ArrayLike<number>;

/** Checked times in milliseconds. */
export function millisecondsOf(where: string, timestamps: Timestamps): number[] {
  checkList(where, "timestamps", timestamps, "dates or numbers");
  return Array.from(timestamps as ArrayLike<unknown>, (time, t) => {
    const value = time instanceof Date ? time.getTime() : time;
    // beyond this a Date is invalid
    if (typeof value === "number" && Math.abs(value) <= 8.64e15) return value;
    const got = time instanceof Date ? "an invalid Date" : describe(time);
    const advice = typeof time === "string" ? "; parse it first, e.g. with Date.parse" : "";
    throw new TypeError(`${where}: timestamp ${t} must be a date or milliseconds, got ${got}${advice}`);
  });
}

/**
 * The times of the steps that follow: at the same distance, or the same number of months, as all steps before.
 *
 * @remarks
 * Monthly steps are recognised by equal days and times of day, in UTC: the first day of every month, of every third month, of January; or
 * the last day of each, be it the 28th or the 31st.
 *
 * @param timestamps - times of the known steps, at least two
 * @param count - number of times to add
 * @returns milliseconds of the new steps, `[count]`
 * @throws TypeError if a timestamp is not a date or a number.
 * @throws RangeError if there are fewer than two, or they have neither one distance in time nor one in months.
 *
 * @example
 * ```ts
 * import { extendTimestamps } from "@rnn/train/forecasting";
 *
 * const months = ["2024-11-01", "2024-12-01", "2025-01-01"].map(Date.parse);
 * extendTimestamps(months, 2).map((time) => new Date(time).toISOString().slice(0, 10)); // => ["2025-02-01", "2025-03-01"]
 * ```
 *
 * @public
 */
export function extendTimestamps(timestamps: Timestamps, count: number): number[] {
  const where = "extendTimestamps";
  const times = millisecondsOf(where, timestamps);
  checkInteger(where, "count", count, 0);
  if (times.length < 2) {
    throw new RangeError(`${where}: got ${times.length} timestamps; two at least tell the distance of steps`);
  }
  // months first: July, August and September begin at equal distances too
  const months = monthsBetween(times[0]!, times[1]!);
  for (const plus of [plusMonths, plusMonthEnds]) {
    if (months <= 0 || times.some((time, t) => time !== plus(times[0]!, t * months))) continue;
    return Array.from({ length: count }, (_, i) => plus(times[0]!, (times.length + i) * months));
  }
  const last = times.at(-1)!;
  const step = times[1]! - times[0]!;
  const odd = times.findIndex((time, t) => t > 0 && (time - times[t - 1]! !== step || step <= 0));
  if (odd < 0) return Array.from({ length: count }, (_, i) => last + (i + 1) * step);
  throw new RangeError(
    `${where}: step ${odd} comes ${times[odd]! - times[odd - 1]!} ms after the one before, but step 1 ${step} ms; ` +
      `steps must have one positive distance, in time or in months`,
  );
}

function monthsBetween(first: number, second: number): number {
  const [a, b] = [new Date(first), new Date(second)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** The same day and time of day some months later; NaN if that month has no such day. */
function plusMonths(time: number, months: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

/** The same time of day on the last day of the month that comes some months later. */
function plusMonthEnds(time: number, months: number): number {
  const date = new Date(time);
  // day 0 is the day before the first
  return date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
}
