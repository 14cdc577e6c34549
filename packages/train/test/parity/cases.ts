import { readFileSync } from "node:fs";
import { expectClose } from "@internal/testing";
import { Parameter } from "@rnn/nn";
import { type DType, Tensor } from "@rnn/tensor";

/** A tensor as the fixtures write it; non-finite numbers are strings. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** One recorded case: configuration, starting values and what PyTorch computed from them. */
export interface Case<Config> {
  readonly name: string;
  readonly kind: string;
  readonly config: Config;
  readonly params: Readonly<Record<string, StoredTensor>>;
  readonly inputs: Readonly<Record<string, StoredTensor>>;
  readonly outputs: Readonly<Record<string, StoredTensor>>;
  readonly atol: number;
  readonly rtol: number;
}

/** The cases of one fixture file. */
export function casesOf<Config>(file: string): Case<Config>[] {
  const path = new URL(`../fixtures/${file}.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { cases: Case<Config>[] }).cases;
}

/** A stored tensor; int64 becomes int32. */
export function load({ dtype, shape, data }: StoredTensor, as: DType = "float32"): Tensor {
  const numbers = data.map(Number);
  if (dtype === "int64") return new Tensor(Int32Array.from(numbers), shape);
  return new Tensor(as === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers), shape);
}

/** Parameters by name, with these starting values. */
export function loadParameters(params: Readonly<Record<string, StoredTensor>>): Record<string, Parameter> {
  const entries = Object.entries(params).map(([name, stored]) => {
    const parameter = new Parameter(load(stored));
    parameter.name = name;
    return [name, parameter];
  });
  return Object.fromEntries(entries) as Record<string, Parameter>;
}

/** Compares numbers with an output of the case, by the tolerance of the case. */
export function expectOutput(testCase: Case<unknown>, name: string, got: Tensor | ArrayLike<number>): void {
  const want = testCase.outputs[name];
  if (want === undefined) throw new Error(`${testCase.name} has no output ${name}`);
  const numbers = got instanceof Tensor ? got.contiguous().data : got;
  try {
    expectClose(numbers, want.data.map(Number), testCase);
  } catch (error) {
    throw new Error(`${testCase.name}, ${name}: ${(error as Error).message}`);
  }
}

const spellings: Readonly<Record<string, string>> = {
  lr: "learningRate",
  weight_decay: "weightDecay",
  lr_decay: "learningRateDecay",
  initial_accumulator_value: "initialAccumulatorValue",
};

/** PyTorch's option names in our spelling. */
export function optionsOf(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [spellings[name] ?? name, value]));
}
