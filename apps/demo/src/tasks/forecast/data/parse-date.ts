/** Date, then maybe a time of day, then maybe a zone; the parts of the date may have separators or not. */
const FORMAT =
  /^(\d{4})(?:[-/]?(\d{1,2})(?:[-/]?(\d{1,2}))?)?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Milliseconds of a date like 2024, 2024-05, 2024-05-31, 20240531 or 2024-05-31 23:00:00; in UTC unless it ends with a
 * zone. NaN if it is none.
 */
export function parseDate(text: string): number {
  const match = FORMAT.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, year, month = "1", day = "1", hour = "0", minute = "0", second = "0", zone = "Z"] = match;
  return dateOf([year, month, day, hour, minute, second].map(Number)) - offsetOf(zone);
}

/** Milliseconds of year, month, day, hour, minute and second, as far as they are given. NaN if there is no such date. */
export function dateOf([
  year = Number.NaN,
  month = 1,
  day = 1,
  hour = 0,
  minute = 0,
  second = 0,
]: number[]): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && hour < 24 && minute < 60 && second < 60
    ? date.getTime() + 1000 * (second + 60 * (minute + 60 * hour))
    : Number.NaN;
}

function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}
