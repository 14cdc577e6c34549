import { describe, expect, test } from "vitest";
import type { CaseFile, GoldenCase, PeerCase } from "./cases.ts";
import { runGoldenCase, runPeerCase } from "./run-case.ts";

const x = { dtype: "float32", shape: [2], data: [1, 2] };

const product: GoldenCase = {
  name: "square",
  kind: "op:mul",
  config: {},
  params: {},
  inputs: { a: x, b: x },
  outputs: { out: { dtype: "float32", shape: [2], data: [1, 4] } },
  cotangents: { out: { dtype: "float32", shape: [2], data: [1, 10] } },
  grads: {
    inputs: {
      a: { dtype: "float32", shape: [2], data: [1, 20] },
      b: { dtype: "float32", shape: [2], data: [1, 20] },
    },
    params: {},
  },
  atol: 1e-6,
  rtol: 1e-6,
};

function run(changes: Partial<GoldenCase>) {
  const c = { ...product, ...changes };
  const file: CaseFile = { path: "x.json", format: "golden", torch: "1.13.1", cases: [c] };
  const result = runGoldenCase(c, file);
  return result.status === "failed" ? { ...result, first: result.differences[0] } : result;
}

describe("a golden case", () => {
  test("passes when values and gradients agree", () => {
    expect(run({})).toEqual({ name: "square", kind: "op:mul", status: "passed" });
  });

  test("fails for a wrong value", () => {
    const outputs = { out: { dtype: "float32", shape: [2], data: [1, 5] } };
    expect(run({ outputs })).toMatchObject({ first: { what: "out", index: 1, got: 4, want: 5 } });
  });

  test("fails for a wrong shape", () => {
    const outputs = { out: { dtype: "float32", shape: [1, 2], data: [1, 4] } };
    expect(run({ outputs })).toMatchObject({ first: { what: "out shape", got: [2], want: [1, 2] } });
  });

  test("fails for a NaN on either side", () => {
    const outputs = { out: { dtype: "float32", shape: [2], data: [1, "NaN"] } };
    expect(run({ outputs })).toMatchObject({ first: { got: 4, want: "NaN" } });
    const a = { dtype: "float32", shape: [2], data: [1, "NaN"] };
    expect(run({ inputs: { a, b: x } })).toMatchObject({ first: { got: Number.NaN, want: 4 } });
  });

  test("fails for an output that is missing", () => {
    const outputs = { ...product.outputs, other: x };
    expect(run({ outputs })).toMatchObject({ first: { what: "other", got: "no such output" } });
  });

  test("fails for a wrong gradient", () => {
    const grads = { inputs: { ...product.grads.inputs, b: x }, params: {} };
    expect(run({ grads })).toMatchObject({ first: { what: "gradient of b", index: 1, got: 20, want: 2 } });
  });

  test("fails for a gradient that is missing, unless it is zero", () => {
    const unused = { inputs: { a: x, b: x, c: x }, kind: "op:neg" };
    const minusOne = { dtype: "float32", shape: [2], data: [-1, -10] };
    const zero = { dtype: "float32", shape: [2], data: [0, 0] };
    const outputs = { out: { dtype: "float32", shape: [2], data: [-1, -2] } };
    const withGradient = (c: typeof x) => ({ inputs: { a: minusOne, b: zero, c }, params: {} });
    expect(run({ ...unused, outputs, grads: withGradient(zero) }).status).toBe("passed");
    expect(run({ ...unused, outputs, grads: withGradient(x) })).toMatchObject({
      first: { what: "gradient of c", got: "no gradient" },
    });
  });

  test("fails when nothing was compared", () => {
    expect(run({ outputs: {}, cotangents: {} })).toMatchObject({ first: { what: "comparisons", got: 0 } });
  });

  test("fails when it throws unasked", () => {
    const wide = { dtype: "float32", shape: [3], data: [1, 2, 3] };
    expect(run({ inputs: { a: x, b: wide } })).toMatchObject({ first: { what: "threw", want: "no error" } });
  });
});

describe("a golden case with an error", () => {
  const wide = { dtype: "float32", shape: [3], data: [1, 2, 3] };
  const error = { kind: "add", outputs: {}, cotangents: {}, error: "shapes do not broadcast" };

  test("passes when the call throws", () => {
    expect(run({ ...error, inputs: { a: x, b: wide } }).status).toBe("passed");
  });

  test("fails when it does not", () => {
    expect(run(error)).toMatchObject({
      first: { got: "no error", want: "an error (shapes do not broadcast)" },
    });
  });

  test("fails when the engine stumbles instead", () => {
    const result = run({
      ...error,
      inputs: {} as GoldenCase["inputs"],
      kind: "stack",
      config: null as unknown as GoldenCase["config"],
    });
    expect(result).toMatchObject({ status: "failed", first: { what: "error" } });
    expect(result).toMatchObject({ first: { got: expect.stringContaining("an accident: TypeError") } });
  });
});

describe("a case that does not apply", () => {
  test("says that its kind has no adapter", () => {
    expect(run({ kind: "unheard-of" })).toMatchObject({
      status: "not applicable",
      reason: "no adapter for this kind",
    });
  });

  test("names the feature that is absent", () => {
    const c = {
      id: "x/string",
      kind: "op",
      op: "StringConcat",
      attrs: {},
      inputs: [],
      outputs: [],
    } as PeerCase;
    expect(runPeerCase(c, { path: "x.json", format: "peer", cases: [c] })).toEqual({
      name: "x/string",
      kind: "op",
      status: "not applicable",
      reason: "the library has no operation like StringConcat",
    });
  });

  test("zero lengths are legal, so the error that the reference raises is not asked for", () => {
    const config = { input_size: 1, hidden_size: 1, lengths: [1, 0], padding_value: 0 };
    const result = run({ kind: "RNN", config, error: "lengths must be positive" });
    expect(result).toMatchObject({ status: "not applicable", reason: "zero lengths are legal here" });
  });
});
