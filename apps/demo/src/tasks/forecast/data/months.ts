/** Months since January of the year 0. */
export function monthNumber(time: number): number {
  const date = new Date(time);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/**
 * The same time of day so many months later, on a day of the month, or on its last if it has no such day.
 *
 * @param day - Default: the same day.
 */
export function plusMonths(time: number, months: number, day: number = new Date(time).getUTCDate()): number {
  const date = new Date(time);
  // day 0 is the day before the first
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  return date.setUTCDate(Math.min(day, date.getUTCDate()));
}
