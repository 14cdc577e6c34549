import { type DateParts, datePartsOf } from "./parse-date.ts";

/** How a file writes dates, so that others can be added to it. */
export interface DateForm extends Omit<DateParts, "numbers"> {
  /** How many of year, month, day, hour, minute, second and its fraction are written. */
  readonly precision: number;
  /** Whether 5 is written as 05. */
  readonly isPadded: boolean;
  /** Whether the parts have columns of their own. */
  readonly isSplit: boolean;
}

/** The form of the dates of a file: as precise as the most precise of them. In several zones, they are all told in UTC. */
export function dateFormOf(dates: readonly (readonly string[])[]): DateForm {
  const isSplit = (dates[0]?.length ?? 1) > 1;
  const all = dates.map((fields): DateParts => {
    const parts = isSplit ? undefined : datePartsOf(fields[0]!);
    return parts ?? { numbers: fields.map((field) => field.trim()), separator: "-", between: " ", zone: "" };
  });
  let longest = all[0]!;
  let isPadded = true;
  for (const parts of all) {
    if (precisionOf(parts) > precisionOf(longest)) longest = parts;
    isPadded &&= !parts.numbers.some((part) => part.length === 1);
  }
  const { separator, between } = longest;
  const zone = all.every((parts) => parts.zone === all[0]!.zone) ? all[0]!.zone : "Z";
  return { separator, between, zone, isPadded, isSplit, precision: precisionOf(longest) };
}

/**
 * A time in this form: one field, or one for each column of parts.
 *
 * @param time - As clocks in its zone show it.
 */
export function dateFields(time: number, form: DateForm): string[] {
  const [, ...parts] = /^(.+)-(..)-(..)T(..):(..):(..)\.(...)Z$/.exec(new Date(time).toISOString())!;
  const numbers = form.isPadded ? parts : parts.map((part, i) => (i === 0 ? part : String(Number(part))));
  if (form.isSplit) return numbers.slice(0, form.precision);
  const date = numbers.slice(0, Math.min(3, form.precision)).join(form.separator);
  if (form.precision <= 3) return [date + form.zone];
  const [hour, minute, second, fraction] = [numbers[3]!, ...parts.slice(4)];
  const seconds = form.precision < 6 ? "" : `:${second}${form.precision < 7 ? "" : `.${fraction}`}`;
  return [`${date}${form.between}${hour}:${minute}${seconds}${form.zone}`];
}

function precisionOf({ numbers }: DateParts): number {
  return numbers.length + Number(numbers.at(-1)!.includes("."));
}
