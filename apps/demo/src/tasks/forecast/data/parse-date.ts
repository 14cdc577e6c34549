/** Date, then maybe a time of day, then maybe a zone; the parts of the date may have separators or not. */
const FORMAT =
  /^(\d{4})(?:([-/]?)(\d{1,2})(?:[-/]?(\d{1,2}))?)?(?:([T ])(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** A date as it is written, in parts. */
export interface DateParts {
  /** Year, month, day, hour, minute and second, as far as they are given. */
  readonly numbers: readonly string[];
  /** What stands between year, month and day: "-", "/" or nothing. */
  readonly separator: string;
  /** What stands before the time of day. */
  readonly between: string;
  /** "Z", "+02:00" or nothing. */
  readonly zone: string;
}

/** The parts of a date like 2024, 2024-05, 2024-05-31, 20240531 or 2024-05-31 23:00:00+02:00; undefined if it is none. */
export function datePartsOf(text: string): DateParts | undefined {
  const match = FORMAT.exec(text.trim());
  if (match === null) return;
  const [, year, separator = "-", month, day, between = " ", hour, minute, second, zone = ""] = match;
  const date = hour === undefined ? [year, month, day] : [year, month ?? "1", day ?? "1"];
  const numbers = [...date, hour, minute, second].filter((part) => part !== undefined);
  return { numbers, separator, between, zone };
}

/** Milliseconds of a date, in UTC unless it ends with a zone. NaN if it is none. */
export function parseDate(text: string): number {
  const parts = datePartsOf(text);
  return parts === undefined ? Number.NaN : dateOf(parts.numbers.map(Number)) - zoneOffset(parts.zone);
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

/** Milliseconds that the clocks of a zone are ahead of UTC. */
export function zoneOffset(zone: string): number {
  if (zone === "" || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -1 : 1) * minutes * 60_000;
}
