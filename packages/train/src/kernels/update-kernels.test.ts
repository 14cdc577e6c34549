import { Parameter } from "@rnn/nn";
import { type Backend, setBackend, type Tensor, tensor } from "@rnn/tensor";
import { afterEach, describe, expect, test } from "vitest";
import { clipGradNorm } from "../clip.ts";
import type { FloatArray } from "../float-data.ts";
import { Adagrad } from "../optimizers/adagrad.ts";
import { Adam } from "../optimizers/adam.ts";
import { AdamW } from "../optimizers/adamw.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { RMSprop } from "../optimizers/rmsprop.ts";
import { SGD } from "../optimizers/sgd.ts";
import { ParameterState } from "../optimizers/update-rule.ts";
import { updateInChunks } from "./chunks.ts";
import { sgdKernels } from "./update-kernels.ts";

/** More than one chunk, and not a multiple of a vector. */
const LENGTH = 9001;

type Make = (parameter: Parameter) => Optimizer;

const optimizers: Record<string, Make> = {
  SGD: (p) => new SGD([p], { learningRate: 0.1 }),
  "SGD, uphill with decay": (p) => new SGD([p], { learningRate: 0.1, weightDecay: 0.3, maximize: true }),
  "SGD with momentum": (p) => new SGD([p], { learningRate: 0.1, momentum: 0.9, dampening: 0.2 }),
  "SGD with Nesterov's momentum": (p) =>
    new SGD([p], { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  Adam: (p) => new Adam([p], { learningRate: 0.1 }),
  "Adam with decay, uphill": (p) => new Adam([p], { learningRate: 0.1, weightDecay: 0.1, maximize: true }),
  AMSGrad: (p) => new Adam([p], { learningRate: 0.1, amsgrad: true, betas: [0.5, 0.6] }),
  AdamW: (p) => new AdamW([p], { learningRate: 0.1, weightDecay: 0.1 }),
  RMSprop: (p) => new RMSprop([p], { weightDecay: 0.1 }),
  "RMSprop, centred": (p) => new RMSprop([p], { centered: true }),
  "RMSprop with momentum": (p) => new RMSprop([p], { momentum: 0.9, maximize: true }),
  "RMSprop, centred with momentum": (p) => new RMSprop([p], { momentum: 0.9, centered: true }),
  Adagrad: (p) =>
    new Adagrad([p], { learningRateDecay: 0.1, weightDecay: 0.1, initialAccumulatorValue: 0.1 }),
};

/** Ordinary numbers, and among them all kinds of others. */
function numbers(seed: number): Tensor {
  const special = [0, -0, 1e-45, -1e-42, 1e-30, 3e38, -3e38, Infinity, -Infinity, Number.NaN];
  const data = Float32Array.from({ length: LENGTH }, (_, i) =>
    i % 97 === 5 ? special[(i * seed) % special.length]! : Math.sin(i * seed) * 10 ** ((i % 7) - 5),
  );
  return tensor(data, { shape: [LENGTH] });
}

/** The parameter and all that the optimizer remembers after three steps. */
function trajectory(backend: Backend, make: Make): unknown {
  setBackend(backend);
  const parameter = new Parameter(numbers(1));
  const optimizer = make(parameter);
  for (let step = 0; step < 3; step++) {
    parameter.grad = numbers(step + 2);
    optimizer.step();
  }
  return [parameter.value.data, optimizer.stateDict()];
}

afterEach(() => setBackend("auto"));

describe("update loops with SIMD", () => {
  test.each(Object.keys(optimizers))("%s: bit for bit what the plain loop gives", (name) => {
    const make = optimizers[name]!;
    const simd = trajectory("wasm-simd", make);
    expect(simd).toEqual(trajectory("js", make));
  });

  test("gradients are scaled bit for bit as by the plain loop, and their norm is that of float64", () => {
    const clipped = (["wasm-simd", "js"] as const).map((backend) => {
      setBackend(backend);
      const parameter = new Parameter(numbers(1));
      parameter.grad = tensor(Float32Array.from({ length: LENGTH }, (_, i) => Math.sin(i)));
      const norm = clipGradNorm(parameter, 1.5);
      return { norm, data: parameter.grad.data };
    });
    expect(clipped[0]!.data).toEqual(clipped[1]!.data);
    expect(Math.abs(clipped[0]!.norm / clipped[1]!.norm - 1)).toBeLessThan(1e-14);
  });

  test("float64, few elements and a forced plain backend are left to the plain loop", () => {
    const never = (): never => {
      throw new Error("called");
    };
    const isDone = (values: FloatArray, gradient: FloatArray): boolean =>
      updateInChunks(sgdKernels, values, new ParameterState(values), ["buffer"], gradient, never);
    setBackend("wasm-simd");
    expect(isDone(new Float64Array(1000), new Float64Array(1000))).toBe(false);
    expect(isDone(new Float32Array(1000), new Float64Array(1000))).toBe(false);
    setBackend("auto");
    expect(isDone(new Float32Array(100), new Float32Array(100))).toBe(false);
    setBackend("js");
    expect(isDone(new Float32Array(1000), new Float32Array(1000))).toBe(false);
  });
});
