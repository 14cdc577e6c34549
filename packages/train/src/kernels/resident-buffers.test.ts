import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { embedding, Parameter } from "@rnn/nn";
import {
  type Backend,
  Generator,
  randint,
  randn,
  type SimdKernels,
  setBackend,
  simdKernels,
} from "@rnn/tensor";
import { afterEach, describe, expect, test } from "vitest";
import { Adam } from "../optimizers/adam.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { RMSprop } from "../optimizers/rmsprop.ts";
import { SGD } from "../optimizers/sgd.ts";

const optimizers: [string, (parameter: Parameter) => Optimizer][] = [
  ["SGD with momentum", (p) => new SGD([p], { learningRate: 0.1, momentum: 0.9, dampening: 0.1 })],
  ["Adam", (p) => new Adam([p], { learningRate: 0.1 })],
  ["Adam, uphill", (p) => new Adam([p], { learningRate: 0.1, maximize: true })],
  ["Adam without eps", (p) => new Adam([p], { learningRate: 0.1, eps: 0 })],
  ["AMSGrad", (p) => new Adam([p], { learningRate: 0.1, amsgrad: true })],
  ["RMSprop", (p) => new RMSprop([p], { learningRate: 0.1, momentum: 0.5 })],
];

/** Rows that are neither whole vectors nor whole chunks; most of them never have a gradient. */
const [ROWS, WIDTH] = [400, 37];

/** Updates of a table by a few of its rows, each on the backend that is its turn. */
function trajectory(make: (p: Parameter) => Optimizer, turns: readonly Backend[], isWhole: boolean): unknown {
  const generator = new Generator(3);
  const table = new Parameter(randn([ROWS, WIDTH], { generator }));
  const optimizer = make(table);
  for (const backend of turns) {
    setBackend(backend);
    optimizer.zeroGrad();
    const ids = randint(0, ROWS / 2, [20], { generator });
    embedding(ids, table)
      .mul(randn([20, WIDTH], { generator }))
      .sum()
      .backward();
    if (isWhole) void table.grad; // reading it makes it whole
    expect(table.rowGrad === null).toBe(isWhole);
    optimizer.step();
  }
  return { value: table.value.data, state: optimizer.stateDict() };
}

function simd(): SimdKernels {
  setBackend("wasm-simd");
  return simdKernels(false) as SimdKernels;
}

afterEach(() => setBackend("auto"));

describe.each(optimizers)("%s", (_name, make) => {
  const plain = trajectory(make, ["js", "js", "js", "js", "js"], true);

  test.each<[string, Backend[], boolean]>([
    ["in linear memory", ["wasm-simd", "wasm-simd", "wasm-simd", "wasm-simd", "wasm-simd"], true],
    ["in linear memory, by rows", ["wasm-simd", "wasm-simd", "wasm-simd", "wasm-simd", "wasm-simd"], false],
    ["here and there in turn", ["wasm-simd", "js", "wasm-simd", "wasm-simd", "js"], false],
  ])("gives the same bits %s", (_where, turns, isWhole) => {
    expect(trajectory(make, turns, isWhole)).toEqual(plain);
  });
});

describe("blocks of linear memory", () => {
  const stepped = (): Adam => {
    const parameter = new Parameter(randn([5000]));
    const optimizer = new Adam([parameter]);
    parameter.grad = randn([5000]);
    optimizer.step();
    return optimizer;
  };

  test("hold the buffers until somebody asks for them", () => {
    const { scratchStart: before } = simd();
    const optimizer = stepped();
    expect(simd().scratchStart).toBeGreaterThanOrEqual(before + 2 * 20_000);
    expect(optimizer.stateDict().tensors.get("0.exp_avg")?.size).toBe(5000);
    expect(simd().scratchStart).toBe(before);
  });

  test("are free again when their optimizer is collected", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const { scratchStart: before } = simd();
    stepped();
    expect(simd().scratchStart).toBeGreaterThan(before);
    for (let i = 0; i < 20 && simd().scratchStart > before; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(simd().scratchStart).toBe(before);
  });

  test("hold a loaded state from the next step on", () => {
    const generator = new Generator(1);
    const [first, second] = [randn([5000], { generator }), randn([5000], { generator })];
    const parameters = [new Parameter(first.clone()), new Parameter(first.clone())];
    simd();
    const [one, other] = parameters.map((p) => new Adam([p])) as [Adam, Adam];
    for (const p of parameters) p.grad = second;
    one.step();
    one.step();
    other.step();
    const saved = other.stateDict();
    other.step(); // the loaded buffers take the place of these
    parameters[1]!.value.data.set(first.data as Float32Array);
    other.loadStateDict(saved);
    expect(other.stateDict()).toEqual(saved);
    expect(other.stateDict().tensors.get("0.exp_avg")).not.toEqual(one.stateDict().tensors.get("0.exp_avg"));
    other.step();
    expect(other.stateDict()).toEqual(one.stateDict());
  });
});
