/**
 * The last rows of a series, gaps filled with the value before, however far back that is.
 *
 * @param data - The series, one row after the other; its first row has no gap.
 */
export function filledEnd(data: ArrayLike<number>, variables: number, length: number): number[][] {
  const steps = data.length / variables;
  const count = Math.min(length, steps);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: variables }, (_, v) => {
      let at = (steps - count + i) * variables + v;
      while (at >= variables && Number.isNaN(data[at])) at -= variables;
      return data[at]!;
    }),
  );
}
