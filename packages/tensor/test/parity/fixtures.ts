import { readFileSync } from "node:fs";
import { expectClose, type Tolerance } from "@internal/testing";
import { type DType, type Tensor, tensor } from "@rnn/tensor";
import { expect } from "vitest";

/** A tensor as the fixtures hold it: row-major, with NaN and infinities as strings. */
export interface StoredTensor {
  readonly dtype: "float32" | "float64" | "int64" | "bool";
  readonly shape: readonly number[];
  readonly data: readonly (number | boolean | string)[];
}

/** One case of a fixture file; which fields there are depends on its kind. */
export interface Case {
  readonly name: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: arguments differ from kind to kind
  readonly config: any;
  readonly inputs: Record<string, StoredTensor>;
  readonly outputs: Record<string, StoredTensor>;
  readonly atol: number;
  readonly rtol: number;
  readonly error?: true;
}

export function loadCases<T = Case>(file: string): T[] {
  const url = new URL(`../fixtures/${file}`, import.meta.url);
  return (JSON.parse(readFileSync(url, "utf8")) as { cases: T[] }).cases;
}

/** int64 is not ours: indices and counts are int32 here. */
export function load({ dtype, shape, data }: StoredTensor): Tensor {
  const own: DType = dtype === "int64" ? "int32" : dtype;
  return tensor(new Float64Array(data.map(Number)), { shape, dtype: own });
}

/** Fails unless shape, dtype and every element are as stored. */
export function expectStored(got: Tensor, want: StoredTensor, tolerance: Tolerance): void {
  const expected = load(want);
  expect(got.shape).toEqual(want.shape);
  expect(got.dtype).toBe(expected.dtype);
  const flat = got.contiguous();
  expectClose(flat.data.subarray(flat.offset, flat.offset + flat.size), expected.data, tolerance);
}
