import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Backend, backend } from "@rnn/tensor";
import { afterAll, beforeAll, expect, test } from "vitest";
import { backends } from "./backend.ts";
import { main } from "./main.ts";

/**
 * Two rows of a product in which the backends round differently: -1 + (1 + e) (1 - e) with e = 2^-13 is -e² unless the product
 * is rounded before it is added, and 2^24 + 1 + 1 is 2^24 unless the sum is float64.
 */
const wanted: Readonly<Record<Backend, [number, number]>> = {
  "wasm-fma": [-(2 ** -26), 2 ** 24],
  "wasm-simd": [0, 2 ** 24],
  js: [-(2 ** -26), 2 ** 24 + 2],
};

const e = 2 ** -13;
const a = { dtype: "float32", shape: [2, 4], data: [-1, 1 + e, 0, 0, 2 ** 24, 0, 1, 1] };
const b = { dtype: "float32", shape: [4, 8], data: [1, 1 - e, 1, 1].flatMap((x) => Array(8).fill(x)) };
const grads = { inputs: {}, params: {} };

const caseOf = (name: Backend) => {
  const data = wanted[name].flatMap((value) => Array(8).fill(value));
  const outputs = { out: { dtype: "float32", shape: [2, 8], data } };
  return {
    name,
    kind: "matmul",
    config: {},
    params: {},
    inputs: { a, b },
    outputs,
    cotangents: {},
    grads,
    atol: 0,
    rtol: 0,
  };
};

let base = "";

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "conformance-backends-"));
  const cases = backends.map(caseOf);
  writeFileSync(
    join(base, "rounding.json"),
    JSON.stringify({ schema: 1, file: "rounding", torch: "1.13.1", cases }),
  );
});

afterAll(() => rmSync(base, { recursive: true }));

function run(...args: string[]) {
  const text: string[] = [];
  const code = main(args, { base, print: (line) => text.push(line), complain: (line) => text.push(line) });
  return { code, text: text.join("\n") };
}

test.each(backends)("--backend %s computes with it: of three roundings, its own passes", (name) => {
  expect(run("rounding.json", "--json", "result.json", "--backend", name).code).toBe(1);
  const { files } = JSON.parse(readFileSync(join(base, "result.json"), "utf8"));
  const passed = files[0].cases.filter((c: { status: string }) => c.status === "passed");
  expect(passed.map((c: { name: string }) => c.name)).toEqual([name]);
});

test("--backend is for one run", () => {
  const before = backend();
  run("rounding.json", "--backend=js");
  expect(backend()).toBe(before);
});

test.each([
  [["--backend"], "--backend needs a name"],
  [
    ["--backend", "gpu"],
    'setBackend: "gpu" is not a backend; expected "auto", "wasm-fma", "wasm-simd" or "js"',
  ],
])("%j ends with one line", (args, message) => {
  expect(run("rounding.json", ...args)).toEqual({ code: 2, text: `conformance: ${message}` });
});
