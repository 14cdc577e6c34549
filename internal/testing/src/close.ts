import { type Tolerance, tolerances } from "./tolerances.ts";

/** Where two lists of numbers differ, or `null` if they agree within the tolerance. */
export interface Difference {
  readonly count: number;
  readonly total: number;
  readonly firstIndex: number;
  readonly got: number;
  readonly want: number;
  readonly maxAbsolute: number;
  readonly maxRelative: number;
}

/** NaN matches NaN and infinities must be equal; everything else obeys |got - want| <= atol + rtol * |want|. */
export function isClose(got: number, want: number, { rtol, atol }: Tolerance): boolean {
  if (Object.is(got, want) || got === want) return true;
  if (!Number.isFinite(got) || !Number.isFinite(want)) return Number.isNaN(got) && Number.isNaN(want);
  return Math.abs(got - want) <= atol + rtol * Math.abs(want);
}

/** Compares element by element; the lists must be equally long. */
export function difference(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: Tolerance,
): Difference | null {
  let count = 0;
  let firstIndex = -1;
  let maxAbsolute = 0;
  let maxRelative = 0;
  for (let i = 0; i < want.length; i++) {
    const g = Number(got[i]);
    const w = Number(want[i]);
    if (isClose(g, w, tolerance)) continue;
    if (count++ === 0) firstIndex = i;
    maxAbsolute = Math.max(maxAbsolute, Math.abs(g - w));
    maxRelative = Math.max(maxRelative, Math.abs(g - w) / Math.abs(w));
  }
  if (count === 0) return null;
  return {
    count,
    total: want.length,
    firstIndex,
    got: Number(got[firstIndex]),
    want: Number(want[firstIndex]),
    maxAbsolute,
    maxRelative,
  };
}

/** Throws unless every number is close; says how many differ, the first pair and the largest differences. */
export function expectClose(
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  tolerance: Tolerance = tolerances.value.float32,
): void {
  if (got.length !== want.length) throw new Error(`expected ${want.length} numbers, got ${got.length}`);
  const d = difference(got, want, tolerance);
  if (!d) return;
  throw new Error(
    `${d.count} of ${d.total} numbers differ beyond rtol ${tolerance.rtol}, atol ${tolerance.atol}\n` +
      `first at [${d.firstIndex}]: got ${d.got}, want ${d.want}\n` +
      `largest absolute difference ${d.maxAbsolute}, relative ${d.maxRelative}`,
  );
}
