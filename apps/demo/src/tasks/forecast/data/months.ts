/** Months since January of the year 0. */
export function monthNumber(time: number): number {
  const date = new Date(time);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** The same day and time of day so many months later. */
export function plusMonths(time: number, months: number): number {
  const date = new Date(time);
  return date.setUTCMonth(date.getUTCMonth() + months);
}

/** The same time of day on the last day of the month that comes so many months later. */
export function lastOfMonth(time: number, months: number): number {
  const date = new Date(time);
  // day 0 is the day before the first
  return date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
}
