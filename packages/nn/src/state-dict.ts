import { type DType, Tensor } from "@rnn/tensor";
import { nearestName } from "./nearest-name.ts";
import { printShape, sameShape } from "./shape.ts";

/**
 * Tensors by name.
 *
 * @public
 */
export type StateDict = ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>;

/** The entries of a map or of a plain object. */
export function namedEntries<T>(source: ReadonlyMap<string, T> | Readonly<Record<string, T>>): [string, T][] {
  return source instanceof Map ? [...(source as ReadonlyMap<string, T>)] : Object.entries(source);
}

/**
 * What `loadStateDict(…, { strict: false })` passed over.
 *
 * @public
 */
export interface StateDictReport {
  /** Parameters and buffers of the module that the state dict does not have. */
  missing: string[];
  /** Entries of the state dict that the module does not have. */
  unexpected: string[];
}

/**
 * Options of `loadStateDict`.
 *
 * @public
 */
export interface LoadStateDictOptions {
  /** Whether missing and unexpected names are errors. Default `true`. */
  strict?: boolean | undefined;
}

/** Copies `source` into `target` entry by entry, after checking that everything fits. */
export function copyStateDict(
  source: StateDict,
  target: ReadonlyMap<string, Tensor>,
  strict: boolean,
): StateDictReport {
  const given = new Map(namedEntries(source));
  const missing = [...target.keys()].filter((name) => !given.has(name));
  const unexpected = [...given.keys()].filter((name) => !target.has(name));
  const problems = strict ? nameProblems(missing, unexpected) : [];
  for (const [name, tensor] of target) {
    const value = given.get(name);
    if (value !== undefined || given.has(name)) problems.push(...misfit(name, value, tensor));
  }
  if (problems.length > 0) throw new Error(`loadStateDict: ${problems.join("; ")}`);
  for (const [name, tensor] of target) {
    const value = given.get(name);
    if (value !== undefined) copyInto(tensor, value);
  }
  return { missing, unexpected };
}

function nameProblems(missing: readonly string[], unexpected: readonly string[]): string[] {
  const problems: string[] = [];
  if (missing.length > 0) problems.push(`missing ${missing.map(quote).join(", ")}`);
  if (unexpected.length > 0) {
    const listed = unexpected.map((name) => {
      const meant = nearestName(name, missing);
      return meant === null ? quote(name) : `${quote(name)} (did you mean ${quote(meant)}?)`;
    });
    problems.push(`unexpected ${listed.join(", ")}`);
  }
  return problems;
}

/** What keeps `value` from being copied into `target`: no entries, or one. */
function misfit(name: string, value: unknown, target: Tensor): string[] {
  if (!(value instanceof Tensor)) return [`${quote(name)} is not a Tensor`];
  if (value.dtype !== target.dtype && !(isFloating(value.dtype) && isFloating(target.dtype))) {
    return [`${quote(name)} has dtype ${value.dtype}, expected ${target.dtype}`];
  }
  if (!sameShape(value.shape, target.shape)) {
    return [`${quote(name)} has shape ${printShape(value.shape)}, expected ${printShape(target.shape)}`];
  }
  return [];
}

function isFloating(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

function copyInto(target: Tensor, value: Tensor): void {
  const source = value.contiguous();
  target.data.set(source.data.subarray(source.offset, source.offset + source.size), target.offset);
}

function quote(name: string): string {
  return `"${name}"`;
}
