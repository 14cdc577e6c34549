import { isClose } from "@internal/testing";
import type { StoredNumber, StoredTensor, Tolerance } from "./cases.ts";

/** The first place where a result is not what the case wants. */
export interface Difference {
  /** What was compared, for example `output`, `output shape` or `gradient of weight_ih_l0`. */
  readonly what: string;
  /** Index of the first difference: flat for tensors, a path such as `[3].value` for JSON. */
  readonly index?: number | string | undefined;
  readonly got: unknown;
  readonly want: unknown;
  /** For tensors: how many of the numbers differ, such as "3 of 12". */
  readonly extent?: string | undefined;
}

/** A result in the form of a case file. */
export interface Numbers {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/**
 * Compares results with the numbers of one case and collects the differences.
 *
 * NaN matches NaN; infinities, integers and booleans must be equal; any other number obeys
 * |got - want| <= atol + rtol * |want|. Shapes and dtypes must agree.
 */
export class Judge {
  readonly differences: Difference[] = [];
  /** How many comparisons were made: a case that compares nothing proves nothing. */
  comparisons = 0;
  readonly #tolerance: Tolerance;

  constructor(tolerance: Tolerance) {
    this.#tolerance = tolerance;
  }

  /** Numbers in a shape, against a stored tensor. */
  tensor(what: string, got: Numbers, want: StoredTensor, tolerance: Tolerance = this.#tolerance): void {
    this.comparisons++;
    const difference = formDifference(what, got, want) ?? valueDifference(what, got, want, tolerance);
    if (difference) this.differences.push(difference);
  }

  /** One number, within the tolerance. */
  number(what: string, got: number, want: StoredNumber, tolerance: Tolerance = this.#tolerance): void {
    this.comparisons++;
    if (!isClose(got, toNumber(want), tolerance)) this.#differ(what, got, want);
  }

  /** Plain JSON values, which must be equal. */
  same(what: string, got: unknown, want: unknown): void {
    this.comparisons++;
    const place = firstUnequal(got, want, "");
    if (place)
      this.differences.push({ what, index: place.path || undefined, got: place.got, want: place.want });
  }

  /** A property that the case asserts instead of numbers. */
  holds(what: string, condition: boolean, got: unknown, want: unknown): void {
    this.comparisons++;
    if (!condition) this.#differ(what, got, want);
  }

  #differ(what: string, got: unknown, want: unknown): void {
    this.differences.push({ what, got, want });
  }
}

/** A difference in shape, dtype or number of elements. */
function formDifference(what: string, got: Numbers, want: StoredTensor): Difference | null {
  if (!sameShape(got.shape, want.shape)) return { what: `${what} shape`, got: got.shape, want: want.shape };
  const dtype = libraryDType(want.dtype);
  if (got.dtype !== dtype) return { what: `${what} dtype`, got: got.dtype, want: dtype };
  if (got.data.length === want.data.length) return null;
  return { what: `${what} size`, got: got.data.length, want: want.data.length };
}

/** The first of the elements that differ. */
function valueDifference(
  what: string,
  got: Numbers,
  want: StoredTensor,
  tolerance: Tolerance,
): Difference | null {
  const exact = !got.dtype.startsWith("float");
  // stored float32 numbers are the shortest decimals that round to them
  const round = want.dtype === "float32" ? Math.fround : (x: number): number => x;
  let count = 0;
  let first = -1;
  for (let i = 0; i < want.data.length; i++) {
    const g = got.data[i] as number;
    const w = round(toNumber(want.data[i] as StoredNumber));
    if (exact ? g === w : isClose(g, w, tolerance)) continue;
    if (count++ === 0) first = i;
  }
  if (count === 0) return null;
  const extent = `${count} of ${want.data.length}`;
  return { what, index: first, got: got.data[first], want: want.data[first], extent };
}

/** The number that a stored number stands for. */
export function toNumber(stored: StoredNumber): number {
  if (typeof stored === "number") return stored;
  if (typeof stored === "boolean") return stored ? 1 : 0;
  if (stored === "NaN") return Number.NaN;
  if (stored === "Infinity") return Number.POSITIVE_INFINITY;
  if (stored === "-Infinity") return Number.NEGATIVE_INFINITY;
  throw new Error(`"${stored}" is not a number`);
}

/** The library's dtype for a stored one: it has a single integer type, int32. */
export function libraryDType(stored: string): string {
  return /^u?int/.test(stored) ? "int32" : stored;
}

function sameShape(got: readonly number[], want: readonly number[]): boolean {
  return got.length === want.length && got.every((extent, d) => extent === want[d]);
}

/** The first place, in reading order, where two JSON values are not equal. */
function firstUnequal(
  got: unknown,
  want: unknown,
  path: string,
): { path: string; got: unknown; want: unknown } | null {
  if (Array.isArray(got) && Array.isArray(want)) {
    const common = Math.min(got.length, want.length);
    for (let i = 0; i < common; i++) {
      const place = firstUnequal(got[i], want[i], `${path}[${i}]`);
      if (place) return place;
    }
    return got.length === want.length ? null : { path: `${path}.length`, got: got.length, want: want.length };
  }
  if (isRecord(got) && isRecord(want)) {
    for (const key of new Set([...Object.keys(want), ...Object.keys(got)])) {
      const place = firstUnequal(own(got, key), own(want, key), `${path}.${key}`);
      if (place) return place;
    }
    return null;
  }
  return Object.is(got, want) || got === want ? null : { path, got, want };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Inherited properties such as `constructor` do not count as present. */
function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
