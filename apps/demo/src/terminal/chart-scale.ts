/** How the values of a chart become heights and labels. */
export interface ChartScale {
  /** From 0 for the highest value to 1 for the lowest. */
  depth(value: number): number;
  /** A value as the chart writes it. */
  label(value: number): string;
  readonly low: number;
  readonly high: number;
}

/** Values that differ by less than this share of themselves are level: what remains is rounding. */
const LEVEL = 1e-5;
/** Where the highest value is so many times the lowest, equal steps would press most of the values onto the axis. */
const WIDE = 20;

/** Whether positive values are so far apart that only a logarithmic scale shows them all. */
export function isWide(values: readonly number[]): boolean {
  const { low, high } = rangeOf(values);
  return low > 0 && high > WIDE * low;
}

/** Equal steps for equal differences, with as many digits as tell the ends apart. */
export function linearScale(values: readonly number[]): ChartScale {
  const { low, high } = rangeOf(values);
  // a level line, or nothing finite, still gets a scale
  if (!Number.isFinite(low)) return linearScale([0, 1]);
  if (high - low <= LEVEL * Math.max(Math.abs(low), Math.abs(high))) {
    const middle = (low + high) / 2;
    return { ...linearScale([middle - 0.05, middle + 0.05]), depth: () => 0.5 };
  }
  const digits = Math.max(2, Math.min(6, Math.ceil(Math.log10(2 / (high - low)))));
  return {
    low,
    high,
    depth: (value) => (high - value) / (high - low),
    label: (value) => value.toFixed(digits),
  };
}

/** Equal steps for equal ratios; every label has two digits that count, or more. */
export function logarithmicScale(values: readonly number[]): ChartScale {
  const { low, high } = rangeOf(values);
  return {
    low,
    high,
    depth: (value) => Math.log(high / value) / Math.log(high / low),
    label: (value) => value.toFixed(Math.max(2, Math.min(6, 1 - Math.floor(Math.log10(value))))),
  };
}

function rangeOf(values: readonly number[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}
