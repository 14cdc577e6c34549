/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** Days since a Monday, 1969-12-29. */
function dayNumber(time: number): number {
  return Math.floor(time / DAY) + 3;
}

/** Whether a time is on a Saturday or a Sunday. */
export function isWeekend(time: number): boolean {
  const day = dayNumber(time);
  return day - 7 * Math.floor(day / 7) >= 5;
}

/** The same time of day on the last day from Monday to Friday that is not later. */
export function weekdayNotAfter(time: number): number {
  const day = dayNumber(time);
  return time - Math.max(0, day - 7 * Math.floor(day / 7) - 4) * DAY;
}

/** Number of days from Monday to Friday before that of a time, from some day on; a weekend has the number of its Monday after. */
export function weekdayNumber(time: number): number {
  const day = dayNumber(time);
  const week = Math.floor(day / 7);
  return 5 * week + Math.min(5, day - 7 * week);
}

/** The same time of day so many weekdays later. */
export function plusWeekdays(time: number, weekdays: number): number {
  const number = weekdayNumber(time) + weekdays;
  const week = Math.floor(number / 5);
  const day = 7 * week + (number - 5 * week) - 3;
  return day * DAY + (time - Math.floor(time / DAY) * DAY);
}
