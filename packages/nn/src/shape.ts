/** `[2,3]`, as every error message prints a shape. */
export function printShape(shape: readonly number[]): string {
  return `[${shape.join(",")}]`;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The position, one number per dimension, of element `i` of a tensor in row-major order. */
export function positionOf(i: number, shape: readonly number[]): number[] {
  const position: number[] = [];
  let rest = i;
  for (let dim = shape.length - 1; dim >= 0; dim--) {
    const n = shape[dim] as number;
    position.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return position;
}

/** ` at position [1,2]`, as every error message says which element it means; nothing where there is but one, of a scalar. */
export function printPosition(position: readonly number[]): string {
  return position.length === 0 ? "" : ` at position ${printShape(position)}`;
}
