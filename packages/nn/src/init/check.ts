import { describe } from "../describe.ts";
import { checkGenerator, checkOptions, type OptionNames } from "../options-check.ts";
import type { InitOptions } from "./target.ts";

/** The names of {@link InitOptions}. */
export const initOptionNames: OptionNames<InitOptions> = { dtype: true, generator: true };

/** Checks the options of an initialiser, and returns them. */
export function checkInitOptions<T extends InitOptions>(where: string, options: T, names: OptionNames<T>): T {
  checkOptions(where, options, names);
  checkGenerator(where, options.generator);
  return options;
}

/** Throws unless `value` is a finite number of at least `min`. */
export function checkFinite(where: string, name: string, value: number, min: number = -Infinity): void {
  if (Number.isFinite(value) && value >= min) return;
  const range = min === -Infinity ? "" : ` of at least ${min}`;
  throw new RangeError(`${where}: ${name} must be a finite number${range}, got ${describe(value)}`);
}
