import * as ops from "@rnn/tensor";
import { describe, expect, test } from "vitest";
import { type Case, expectStored, load, loadCases } from "./fixtures.ts";

type Result = ops.Tensor | readonly ops.Tensor[];
// biome-ignore lint/suspicious/noExplicitAny: arguments differ from kind to kind
type Config = any;

/** Kinds whose arguments come from the configuration; all others are functions of their inputs. */
const calls: Record<string, (inputs: readonly ops.Tensor[], config: Config) => Result> = {
  clamp: ([x], limits) => ops.clamp(x!, limits),
  softmax: ([x], { dim }) => ops.softmax(x!, dim),
  log_softmax: ([x], { dim }) => ops.logSoftmax(x!, dim),
  cumsum: ([x], { dim }) => ops.cumsum(x!, dim),
  sum: ([x], options) => ops.sum(x!, options),
  mean: ([x], options) => ops.mean(x!, options),
  logsumexp: ([x], options) => ops.logsumexp(x!, options),
  argmax: ([x], options) => ops.argmax(x!, options),
  argmin: ([x], options) => ops.argmin(x!, options),
  max: ([x], options) => extremum(ops.max, x!, options),
  min: ([x], options) => extremum(ops.min, x!, options),
  reshape: ([x], { shape }) => ops.reshape(x!, shape),
  expand: ([x], { shape }) => ops.expand(x!, shape),
  permute: ([x], { dims }) => ops.permute(x!, dims),
  transpose: ([x], { dims }) => ops.transpose(x!, dims[0], dims[1]),
  flip: ([x], { dims }) => ops.flip(x!, dims),
  unsqueeze: ([x], { dim }) => ops.unsqueeze(x!, dim),
  squeeze: ([x], { dim }) => ops.squeeze(x!, dim),
  contiguous: ([x]) => x!.contiguous(),
  slice: ([x], { slices }) => ops.slice(x!, slices),
  select: ([x], { dim, index }) => ops.select(x!, dim, index),
  index_select: ([x, index], { dim }) => ops.indexSelect(x!, dim, index!),
  gather: ([x, index], { dim }) => ops.gather(x!, dim, index!),
  cat: (inputs, { dim }) => ops.cat(inputs, dim),
  stack: (inputs, { dim }) => ops.stack(inputs, dim),
  split: ([x], { size, dim }) => ops.split(x!, size, dim),
  chunk: ([x], { chunks, dim }) => ops.chunk(x!, chunks, dim),
};

function extremum(f: typeof ops.max, x: ops.Tensor, options: Config): Result {
  if (options.dim === undefined) return f(x);
  const { values, indices } = f(x, options);
  return [values, indices];
}

function run({ kind, config, inputs }: Case): Result {
  const tensors = Object.entries(inputs).map(([name, stored]) => {
    const steps: [string, Config][] = config.views?.[name] ?? [];
    return steps.reduce((x, [op, options]) => calls[op]!([x], options) as ops.Tensor, load(stored));
  });
  const { views: _, ...options } = config;
  const call = calls[kind];
  if (call) return call(tensors, options);
  const f = (ops as Config)[kind] as (...operands: ops.Operand[]) => ops.Tensor;
  return "scalar" in options ? f(tensors[0]!, options.scalar) : f(...tensors);
}

const cases = loadCases("torch-ops.json");

describe("operations agree with PyTorch", () => {
  test.each(cases.filter((c) => !c.error).map((c) => [c.name, c] as const))("%s", (_, c) => {
    const results = [run(c)].flat() as ops.Tensor[];
    const wanted = Object.values(c.outputs);
    expect(results.length).toBe(wanted.length);
    results.forEach((got, i) => {
      expectStored(got, wanted[i]!, c);
    });
  });
});

describe("what PyTorch refuses is refused", () => {
  test.each(cases.filter((c) => c.error).map((c) => [c.name, c] as const))("%s", (_, c) => {
    expect(() => run(c)).toThrow(/^\w+: /);
  });
});
