import {
  decodeSafetensors,
  encodeSafetensors,
  Linear,
  loadSafetensors,
  type StateDict,
  saveSafetensors,
} from "@rnn/nn";
import { tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { type Any, any, itRefuses } from "./it-refuses.ts";

const layer = new Linear({ inFeatures: 2, outFeatures: 1 });
const file = saveSafetensors(layer);
const load = loadSafetensors as Any;

describe("a safetensors file", () => {
  it("is read from an ArrayBuffer too, as fetch gives it", () => {
    expect([...loadSafetensors(file.buffer).keys()]).toEqual(["weight", "bias"]);
    expect([...decodeSafetensors(file.buffer).tensors.keys()]).toEqual(["weight", "bias"]);
    expect(loadSafetensors(file.buffer, layer)).toEqual({ missing: [], unexpected: [] });
  });

  const bytes = "bytes must be a Uint8Array or an ArrayBuffer, the content of a file, got";
  itRefuses([
    ["loadSafetensors()", () => load(), new TypeError(`loadSafetensors: ${bytes} undefined`)],
    ['loadSafetensors("abc")', () => load("abc"), new TypeError(`loadSafetensors: ${bytes} "abc"`)],
    [
      "loadSafetensors(promise)",
      () => load(Promise.resolve(file)),
      new TypeError(`loadSafetensors: ${bytes} an instance of Promise`),
    ],
    [
      "loadSafetensors(bytes, 5)",
      () => load(file, 5),
      new TypeError("loadSafetensors: model must be a Module, got 5"),
    ],
    [
      "decodeSafetensors([1])",
      () => decodeSafetensors(any([1])),
      new TypeError(`decodeSafetensors: ${bytes} an array`),
    ],
    [
      "saveSafetensors({})",
      () => saveSafetensors({}),
      new TypeError(
        "saveSafetensors: source must be a Module or a state dict with tensors, got a plain object without any",
      ),
    ],
    [
      "saveSafetensors()",
      () => saveSafetensors(any(undefined)),
      new TypeError("saveSafetensors: expected a Map or an object of tensors by name, got undefined"),
    ],
    [
      "saveSafetensors(layer, { meta })",
      () => saveSafetensors(layer, any({ meta: {} })),
      new TypeError('saveSafetensors: unknown option "meta"; options are metadata'),
    ],
    [
      "encodeSafetensors({ a: 5 })",
      () => encodeSafetensors(any({ a: 5 })),
      new TypeError('encodeSafetensors: "a" must be a Tensor, got 5'),
    ],
    [
      "encodeSafetensors(tensor)",
      () => encodeSafetensors(any(tensor([1]))),
      new TypeError(
        "encodeSafetensors: expected a Map or an object of tensors by name, got an instance of Tensor",
      ),
    ],
  ]);
});

describe("loadStateDict", () => {
  const bias = tensor([0], { dtype: "float64" });
  const withWeight = (weights: number[]): StateDict => ({
    weight: tensor([weights], { dtype: "float64" }),
    bias,
  });

  itRefuses([
    [
      "nothing",
      () => layer.loadStateDict(any(undefined)),
      new TypeError("loadStateDict: expected a Map or an object of tensors by name, got undefined"),
    ],
    [
      "{ stric: false }",
      () => layer.loadStateDict(layer.stateDict(), any({ stric: false })),
      new TypeError('loadStateDict: unknown option "stric" (did you mean "strict"?)'),
    ],
    [
      '{ strict: "no" }',
      () => layer.loadStateDict(layer.stateDict(), any({ strict: "no" })),
      new TypeError('loadStateDict: strict must be true or false, got "no"'),
    ],
    [
      "float64 that overflows float32",
      () => layer.loadStateDict(withWeight([1, -1e300])),
      new Error('loadStateDict: "weight" has -1e+300 at position [0,1], which float32 cannot hold'),
    ],
  ]);

  it("writes nothing then, and passes infinities on", () => {
    const before = [...layer.weight.value.data];
    expect(() => layer.loadStateDict(withWeight([5, 1e300]))).toThrow("cannot hold");
    expect([...layer.weight.value.data]).toEqual(before);
    layer.loadStateDict(withWeight([Number.POSITIVE_INFINITY, 0.5]));
    expect([...layer.weight.value.data]).toEqual([Number.POSITIVE_INFINITY, 0.5]);
  });
});
