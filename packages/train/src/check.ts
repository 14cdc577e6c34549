import type { Parameter } from "@rnn/nn";

/** Throws unless `value` is a finite number with `min <= value < below`, as far as these are given. */
export function checkNumber(
  where: string,
  name: string,
  value: number,
  { min = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY }: { min?: number; below?: number } = {},
): void {
  if (Number.isFinite(value) && value >= min && value < below) return;
  const limits = [
    ...(Number.isFinite(min) ? [`>= ${min}`] : []),
    ...(Number.isFinite(below) ? [`< ${below}`] : []),
  ];
  const range = limits.length > 0 ? ` ${limits.join(" and ")}` : "";
  throw new RangeError(`${where}: ${name} must be a finite number${range}, got ${describe(value)}`);
}

/** Throws unless `value` is a whole number of at least `min`. */
export function checkInteger(where: string, name: string, value: number, min: number): void {
  if (Number.isSafeInteger(value) && value >= min) return;
  throw new RangeError(`${where}: ${name} must be an integer >= ${min}, got ${describe(value)}`);
}

/** A value as error messages print it. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(describe).join(", ")}]`;
  return `an object of ${value.constructor?.name ?? "no class"}`;
}

/** A parameter as error messages print it: its name in quotes, or its position if no module named it. */
export function nameOf(parameter: Parameter, position: number): string {
  return parameter.name === "" ? `parameter ${position}` : `"${parameter.name}"`;
}
