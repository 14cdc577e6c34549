import { InputError } from "../../../errors.ts";
import { count, counted } from "../../../terminal/format.ts";
import { type DateForm, dateFormOf } from "./date-form.ts";
import { zoneOffset } from "./parse-date.ts";
import { dateText, later, type Step, stepName, stepOf, stepsBetween } from "./step.ts";

/** A series at equal steps. */
export interface TimeSeries {
  /** Name of the file. */
  readonly source: string;
  /** Time of each step, in milliseconds, as clocks in the zone of {@link dateForm} show it: days and months begin there. */
  readonly times: readonly number[];
  readonly step: Step;
  /** How the file writes its dates. */
  readonly dateForm: DateForm;
  /** One row per step: the target, then the other inputs; NaN where nothing was measured. */
  readonly rows: readonly (readonly number[])[];
  /** Steps that had no row in the file. */
  readonly gaps: number;
  /** Rows that had the time of another: each step has their mean. */
  readonly repeated: number;
  /** Dates whose rows differ, and the number of the first row that differs from one before; 0 if there is none. */
  readonly conflicts: { readonly dates: number; readonly row: number };
}

/** A row of a file. */
export interface TimedRow {
  /** Its number in the file, where the header is row 1. */
  readonly row: number;
  /** The fields of its date. */
  readonly date: readonly string[];
  readonly time: number;
  readonly values: readonly number[];
}

/**
 * Puts rows in the order of their times, on equal steps: one row for each, NaN where there is none in the file, the mean where
 * there are several. Steps before the first with all values are left out.
 *
 * @throws {@link InputError} if there are too few rows, or their times have no common distance.
 */
export function regularSeries(rows: readonly TimedRow[], source: string): TimeSeries {
  const dateForm = dateFormOf(rows.map(({ date }) => date));
  const offset = zoneOffset(dateForm.zone);
  const sorted = rows.map((row) => ({ ...row, time: row.time + offset })).sort((a, b) => a.time - b.time);
  const times = [...new Set(sorted.map(({ time }) => time))];
  if (times.length < 3) {
    throw new InputError(
      `${source}: has ${counted(times.length, "date")}, expected a time series of at least 3`,
    );
  }
  const step = stepOf(times);
  const [start] = times as [number, ...number[]];
  const width = rows[0]!.values.length;
  const slots = new Map<number, TimedRow[]>();
  for (const row of sorted) {
    const slot = stepsBetween(start, row.time, step);
    if (!Number.isInteger(slot)) {
      const [at, from] = [row.time, start].map((time) => new Date(time).toISOString().slice(0, 16));
      throw new InputError(
        `${source}: ${at} is not on the steps from ${from}; series must have equal steps, so average or resample them first`,
      );
    }
    slots.set(slot, [...(slots.get(slot) ?? []), row]);
  }
  const length = stepsBetween(start, times.at(-1)!, step) + 1;
  if (length > 10 * times.length) {
    throw new InputError(
      `${source}: only ${count(times.length)} of ${count(length)} steps of ${stepName(step)} have a row; ` +
        "sum or average the rows to longer steps, or leave out those that lie far apart",
    );
  }
  const grid = Array.from({ length }, (_, t) => means(slots.get(t) ?? [], width));
  const first = firstWhole(grid, source);
  return {
    source,
    step,
    dateForm,
    times: Array.from({ length: length - first }, (_, t) => later(start, first + t, step)),
    rows: grid.slice(first),
    gaps: length - slots.size,
    repeated: rows.length - times.length,
    conflicts: conflictsOf([...slots.values()]),
  };
}

/** A time as people read it; which zone it is in, only a time of day needs. */
export function timeText({ step, dateForm: { zone } }: TimeSeries, time: number): string {
  const text = dateText(time, step);
  return text.includes(":") ? text + zone : text;
}

/** From and to, as people read it. */
export function spanText(series: TimeSeries, from = 0, to: number = series.times.length): string {
  return `${timeText(series, series.times[from]!)} to ${timeText(series, series.times[to - 1]!)}`;
}

/** What a reader of the file should know: dates whose rows contradict each other. */
export function seriesNotes({ conflicts: { dates, row } }: TimeSeries): string[] {
  if (dates === 0) return [];
  const which = dates === 1 ? "1 date occurs" : `${count(dates)} dates occur`;
  return [
    `${which} more than once with different values: their mean is used (row ${row}${dates === 1 ? "" : " is the first"})`,
  ];
}

/** Dates whose rows have different values, and the first row that has others than one before it in the file. */
function conflictsOf(slots: readonly (readonly TimedRow[])[]): TimeSeries["conflicts"] {
  const rows = slots.flatMap((slot) => {
    const odd = slot.find(({ values }, i) =>
      slot.slice(0, i).some((before) => values.some((value, v) => isOther(value, before.values[v]!))),
    );
    return odd === undefined ? [] : [odd.row];
  });
  return { dates: rows.length, row: rows.length === 0 ? 0 : rows.reduce((a, b) => Math.min(a, b)) };
}

function isOther(value: number, than: number): boolean {
  return value !== than && !Number.isNaN(value) && !Number.isNaN(than);
}

/** The first step at which every variable was observed. */
function firstWhole(grid: readonly (readonly number[])[], source: string): number {
  const first = grid.findIndex((row) => !row.some(Number.isNaN));
  if (first >= 0) return first;
  throw new InputError(`${source}: no step has a value in every column that is read`);
}

function means(rows: readonly TimedRow[], width: number): number[] {
  return Array.from({ length: width }, (_, v) => {
    const observed = rows.map(({ values }) => values[v]!).filter((value) => !Number.isNaN(value));
    return observed.reduce((sum, value) => sum + value, 0) / observed.length;
  });
}
