import { type SimdKernels, setBackend, simdKernels, Tensor } from "@rnn/tensor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Timeline } from "../timeline.ts";
import { type ResidentMemory, ResidentWeight } from "./resident.ts";
import { SimdRun } from "./simd-run.ts";

describe("SimdRun", () => {
  let simd: SimdKernels;
  beforeAll(() => {
    setBackend("wasm-simd");
    simd = simdKernels(false) as SimdKernels;
  });
  afterAll(() => setBackend("auto"));

  /** What one pass copies in and out: rows are doubled on the way. */
  function doubled(array: Float32Array, timeline: Timeline): string[] {
    const run = new SimdRun(simd, timeline);
    const rows = run.rows(array.length / run.rowCount, array);
    const visits: string[] = [];
    expect(run.open()).toBe(true);
    run.forward(
      (from, to) => {
        visits.push(`${from}-${to}`);
        rows.load();
      },
      (at, _before, _after, count) => {
        const { floats }: ResidentMemory = run;
        for (let i = rows.at(at) / 4; i < rows.at(at + count) / 4; i++) floats[i]! *= 2;
      },
      () => rows.store(),
    );
    return visits;
  }

  it.each([false, true])("visits every row once, in pieces of about equal size (reverse: %s)", (reverse) => {
    const array = Float32Array.from({ length: 1000 * 3 * 40 }, (_, i) => i);
    const visits = doubled(array, new Timeline(1000, 3, reverse, null));
    expect(visits.length).toBe(1);
    expect(array.every((value, i) => value === 2 * i)).toBe(true);

    const wide = new Float32Array(100 * 30 * 200).fill(1);
    const pieces = doubled(wide, new Timeline(100, 30, reverse, null));
    const inTime = ["0-20", "20-40", "40-60", "60-80", "80-100"];
    expect(pieces).toEqual(reverse ? inTime.reverse() : inTime);
    expect(wide.every((value) => value === 2)).toBe(true);
  });

  it.each([
    [8, 100, 30, false],
    [9, 1000, 3, false],
    [70, 60, 40, true],
  ])("brings rows of width %i of a batch of sequences into the order of steps", (width, L, N, reverse) => {
    const whole = new Tensor(
      Float32Array.from({ length: N * (L + 2) * width }, (_, i) => i),
      [N, L + 2, width],
    );
    const x = whole.slice([], [1, L + 1]).transpose(0, 1);
    const run = new SimdRun(simd, new Timeline(L, N, reverse, null));
    const rows = run.tensorRows(x, width);
    const result = run.rows(width, new Float32Array(L * N * width));
    const seen = new Float32Array(L * N * width);
    expect(rows.isBatchFirst).toBe(true);
    expect(run.open()).toBe(true);
    run.forward(
      () => {
        result.view().fill(-1);
        rows.load();
      },
      (at, _before, _after, count) =>
        seen.set(run.floats.subarray(rows.at(at) / 4, rows.at(at + count) / 4), at * width),
      () => expect(result.view().every((value) => value === -1)).toBe(true),
    );
    const expected = x.contiguous().data;
    expect(seen.findIndex((value, i) => value !== expected[i])).toBe(-1);
  });

  it("does not open when the memory cannot grow", () => {
    const memory = {
      ...simd.memory,
      floats: simd.memory.floats,
      reserve: () => false,
    } as SimdKernels["memory"];
    const run = new SimdRun({ ...simd, memory }, new Timeline(10, 4, false, null));
    run.rows(5, null);
    expect(run.open()).toBe(false);
  });

  it("does not open when one step or the weights would need more than the limit", () => {
    const wide = new SimdRun(simd, new Timeline(1, 5000, false, null));
    wide.rows(4000, null);
    expect(wide.open()).toBe(false);

    const heavy = new SimdRun(simd, new Timeline(1, 1, false, null));
    const weight = heavy.weight(5000, 4000, new Float32Array(0), 0, 4000, 1);
    expect(weight).toBeInstanceOf(ResidentWeight);
    expect(heavy.open()).toBe(false);
  });
});
