import { expectClose, tolerances } from "@internal/testing";
import { describe, expect, it } from "vitest";
import { sigmoidInPlace, tanhInto } from "./activations.ts";

/** Every size of argument: from where the functions are linear to where they are flat, and both signs. */
const points = Float64Array.from(
  { length: 200_000 },
  (_, i) => (i % 2 ? 1 : -1) * 10 ** (-9 + (11 * i) / 200_000),
);

function sigmoid(x: ArrayLike<number>): Float64Array {
  const y = Float64Array.from(x);
  sigmoidInPlace(y, 0, y.length);
  return y;
}

function tanh(x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(x.length);
  tanhInto(Float64Array.from(x), 0, y, 0, y.length);
  return y;
}

// relative only: small results must be as exact as large ones
const exact = { rtol: tolerances.value.float64.rtol, atol: 0 };

describe("sigmoidInPlace", () => {
  it("agrees with its definition", () => {
    expectClose(
      sigmoid(points),
      points.map((x) => 1 / (1 + Math.exp(-x))),
      exact,
    );
  });

  it("ends at 0 and 1, and passes NaN on", () => {
    expect([...sigmoid([Infinity, 1000, 0, -1000, -Infinity, NaN])]).toEqual([1, 1, 0.5, 0, 0, NaN]);
  });

  it("changes the elements it is told to", () => {
    const x = new Float32Array([0, 0, 0, 0]);
    sigmoidInPlace(x, 1, 3);
    expect([...x]).toEqual([0, 0.5, 0.5, 0]);
  });
});

describe("tanhInto", () => {
  it("agrees with Math.tanh", () => {
    expectClose(tanh(points), points.map(Math.tanh), exact);
  });

  it("ends at -1 and 1, and passes NaN on", () => {
    expect([...tanh([Infinity, 1000, 0, -1000, -Infinity, NaN])]).toEqual([1, 1, 0, -1, -1, NaN]);
  });

  it("reads and writes where it is told to, in place too", () => {
    const x = new Float32Array([1, 1, 1]);
    const y = new Float32Array(4);
    tanhInto(x, 1, y, 2, 2);
    expect([...y]).toEqual([0, 0, Math.fround(Math.tanh(1)), Math.fround(Math.tanh(1))]);
    tanhInto(x, 0, x, 0, 1);
    expect([...x]).toEqual([Math.fround(Math.tanh(1)), 1, 1]);
  });
});
