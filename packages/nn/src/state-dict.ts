import { type DType, Tensor } from "@rnn/tensor";
import { describe } from "./describe.ts";
import { nearestName } from "./nearest-name.ts";
import type { OptionNames } from "./options-check.ts";
import { positionOf, printPosition, printShape, sameShape } from "./shape.ts";

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

/** Returns `dict` if it is an object or a map; throws otherwise. */
export function checkStateDict(where: string, dict: StateDict): StateDict {
  const isObject = typeof dict === "object" && dict !== null && !Array.isArray(dict);
  if (isObject && !((dict as unknown) instanceof Tensor)) return dict;
  throw new TypeError(`${where}: expected a Map or an object of tensors by name, got ${describe(dict)}`);
}

/** Throws unless the entry `name` is a tensor. */
export function checkEntry(where: string, name: string, value: unknown): void {
  if (value instanceof Tensor) return;
  throw new TypeError(`${where}: ${quote(name)} must be a Tensor, got ${describe(value)}`);
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

/** The names of {@link LoadStateDictOptions}. */
export const loadOptionNames: OptionNames<LoadStateDictOptions> = { strict: true };

/** Copies `source` into `target` entry by entry, after checking that everything fits. */
export function copyStateDict(
  source: StateDict,
  target: ReadonlyMap<string, Tensor>,
  strict: boolean,
): StateDictReport {
  const given = new Map(namedEntries(checkStateDict("loadStateDict", source)));
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
  return value.dtype === "float64" && target.dtype === "float32" ? tooLarge(name, value) : [];
}

/** No entries, or one for the first finite number that float32 would turn into an infinity. */
function tooLarge(name: string, value: Tensor): string[] {
  const { data, offset, size } = value.contiguous();
  for (let i = 0; i < size; i++) {
    const x = data[offset + i]!;
    if (Number.isFinite(x) && !Number.isFinite(Math.fround(x))) {
      const position = printPosition(positionOf(i, value.shape));
      return [`${quote(name)} has ${x}${position}, which float32 cannot hold`];
    }
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
