import { InputError } from "../errors.ts";

/** The spellings of times that are read, from the coarsest on. */
const FORMS = [
  { form: "year", pattern: /^\d{4}$/ },
  { form: "month", pattern: /^\d{4}-\d{2}$/ },
  { form: "day", pattern: /^\d{4}-\d{2}-\d{2}$/ },
  { form: "minute", pattern: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?$/ },
  { form: "second", pattern: /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/ },
] as const;

/** How a time is written: as coarsely as it was read. */
export type TimeForm = (typeof FORMS)[number]["form"];

/** Times in milliseconds since 1970, and how they were written. */
export interface Times {
  readonly milliseconds: readonly number[];
  readonly form: TimeForm;
}

/**
 * Reads years, months, days and times of day of the ISO 8601 calendar; without a zone they are UTC.
 *
 * @param where - The file and the column, for the message.
 * @param firstRow - Row of the first cell in the file.
 * @throws {@link InputError} naming the row whose cell is no time, or another kind of time than the first.
 */
export function parseTimes(cells: readonly string[], where: string, firstRow: number): Times {
  const form = FORMS.find(({ pattern }) => pattern.test(cells[0] ?? ""))?.form ?? "day";
  const { pattern } = FORMS.find((each) => each.form === form)!;
  const milliseconds = cells.map((cell, step) => {
    const time = pattern.test(cell) ? Date.parse(isoOf(cell, form)) : Number.NaN;
    if (!Number.isNaN(time) && isOnCalendar(cell)) return time;
    throw new InputError(`${where}: row ${firstRow + step} has "${cell}", expected a ${EXPECTED[form]}`);
  });
  return { milliseconds, form };
}

const EXPECTED: Readonly<Record<TimeForm, string>> = {
  year: "year such as 2024",
  month: "month such as 2024-05",
  day: "day such as 2024-05-17",
  minute: "time such as 2024-05-17T09:30",
  second: "time such as 2024-05-17T09:30:00",
};

/** Date.parse takes the 30th of February for the 1st of March. */
function isOnCalendar(cell: string): boolean {
  const [date] = /^\d{4}-\d{2}-\d{2}/.exec(cell) ?? [];
  return date === undefined || new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
}

function isoOf(cell: string, form: TimeForm): string {
  if (form === "year") return `${cell}-01-01T00:00:00Z`;
  if (form === "month") return `${cell}-01T00:00:00Z`;
  if (form === "day") return `${cell}T00:00:00Z`;
  const text = cell.replace(" ", "T");
  return /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`;
}

/** A time as its column writes it, in UTC. */
export function printTime(milliseconds: number, form: TimeForm): string {
  const iso = new Date(milliseconds).toISOString();
  if (form === "year") return iso.slice(0, 4);
  if (form === "month") return iso.slice(0, 7);
  if (form === "day") return iso.slice(0, 10);
  return form === "minute" ? `${iso.slice(0, 16)}Z` : `${iso.slice(0, 19)}Z`;
}
