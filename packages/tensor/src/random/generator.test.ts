import { describe, expect, test } from "vitest";
import { zeros } from "../create.ts";
import { defaultGenerator, manualSeed } from "./default-generator.ts";
import { normal, rand, randint, randn, randperm, uniform } from "./draw.ts";
import { normalFill, uniformFill } from "./fill.ts";
import { Generator, type GeneratorState } from "./generator.ts";
import { randintLike, randLike, randnLike } from "./like.ts";

describe("Generator", () => {
  test("the same seed gives the same numbers, manualSeed starts over", () => {
    const a = new Generator(7);
    const first = [a.uint32(), a.normal(), a.float32(), a.float64(), a.uint64()];
    a.manualSeed(7);
    expect([a.uint32(), a.normal(), a.float32(), a.float64(), a.uint64()]).toEqual(first);
    expect(a.initialSeed).toBe(7);
  });

  test("seeding forgets the second number of a normal pair", () => {
    const a = new Generator(1);
    a.normal();
    a.manualSeed(1);
    expect(a.normal()).toBe(new Generator(1).normal());
  });

  test("JSON.stringify writes the state", () => {
    const generator = new Generator(3);
    generator.normal();
    const state = JSON.parse(JSON.stringify({ generator })).generator as GeneratorState;
    expect(state).toEqual(generator.getState());
    expect(new Generator().setState(state).normal()).toBe(generator.normal());
  });

  test("a saved state, through JSON too, continues exactly", () => {
    const a = new Generator(11);
    for (let i = 0; i < 700; i++) a.uint32();
    a.normal();
    const saved = JSON.parse(JSON.stringify(a.getState()));
    const want = [a.normal(), a.normal(), a.float32(), a.uint64()];
    const b = new Generator().setState(saved);
    expect([b.normal(), b.normal(), b.float32(), b.uint64()]).toEqual(want);
    expect(b.initialSeed).toBe(11);
  });

  test("a saved state does not move on with its generator", () => {
    const a = new Generator(3);
    const saved = a.getState();
    const first = a.uint32();
    a.uint32();
    expect(a.setState(saved).uint32()).toBe(first);
  });

  test("a bad state changes nothing", () => {
    const a = new Generator(3);
    const { words } = a.getState();
    for (const bad of [
      { position: 625 },
      { nextNormal: NaN },
      { words: words.with(5, -1) },
      { words: words.with(5, 0.5) },
    ]) {
      expect(() => a.setState({ ...new Generator(4).getState(), ...bad })).toThrow(TypeError);
    }
    expect(a.uint32()).toBe(new Generator(3).uint32());
  });

  test("a 64-bit number is two words, the first one high", () => {
    const [a, b] = [new Generator(5), new Generator(5)];
    const high = BigInt(b.uint32());
    expect(a.uint64()).toBe(high * 2n ** 32n + BigInt(b.uint32()));
  });

  test("uniform numbers are multiples of 2^-24 and 2^-53 below one", () => {
    const a = new Generator(9);
    for (let i = 0; i < 1000; i++) {
      const [x, y] = [a.float32(), a.float64()];
      expect(Math.fround(x)).toBe(x);
      expect(Number.isInteger(x * 2 ** 24) && x >= 0 && x < 1).toBe(true);
      expect(Number.isInteger(y * 2 ** 53) && y >= 0 && y < 1).toBe(true);
    }
  });
});

describe("the default generator", () => {
  test("is one, seeded by manualSeed, and used when none is given", () => {
    expect(manualSeed(5)).toBe(defaultGenerator());
    expect(rand([3]).toArray()).toEqual(rand([3], { generator: new Generator(5) }).toArray());
    manualSeed(5);
    expect(randperm(6).toArray()).toEqual(randperm(6, { generator: new Generator(5) }).toArray());
  });
});

describe("draws", () => {
  test("uniform is rand stretched in the arithmetic of the dtype", () => {
    const u = rand([50], { generator: new Generator(2) });
    const x = uniform(-0.3, 0.7, [50], { generator: new Generator(2) });
    const [low, range] = [Math.fround(-0.3), Math.fround(Math.fround(0.7) - Math.fround(-0.3))];
    expect(Array.from(x.data)).toEqual(Array.from(u.data, (value) => Math.fround(value * range + low)));
    const wide = uniform(2, 2, [3], { dtype: "float64" });
    expect(wide.toArray()).toEqual([2, 2, 2]);
  });

  test("fills write into the given elements only, in order, and return their tensor", () => {
    const x = zeros([5]);
    const part = x.slice([1, 4]);
    expect(uniformFill(part, 0, 1, { generator: new Generator(0) })).toBe(part);
    expect(x.toArray()).toEqual([
      0,
      ...(rand([3], { generator: new Generator(0) }).toArray() as number[]),
      0,
    ]);
    const y = zeros([40]);
    normalFill(y.slice([2, 36]), 0, 1, { generator: new Generator(0) });
    expect(Array.from(y.data.subarray(2, 36))).toEqual(
      Array.from(randn([34], { generator: new Generator(0) }).data),
    );
    expect([y.data[0], y.data[1], y.data[36]]).toEqual([0, 0, 0]);
  });

  test.each(["float32", "float64"] as const)("%s normal numbers have the moments asked for", (dtype) => {
    const x = normal(3, 2, [20_000], { dtype, generator: new Generator(1) });
    // four standard errors
    expect(Math.abs(x.mean().item() - 3)).toBeLessThan((4 * 2) / Math.sqrt(20_000));
    expect(Math.abs(x.std().item() - 2)).toBeLessThan((4 * 2) / Math.sqrt(40_000));
  });

  test("like another tensor are those of its shape and dtype", () => {
    const from = (): { generator: Generator } => ({ generator: new Generator(3) });
    const x = zeros([3, 7], { dtype: "float64" });
    expect(randLike(x, from())).toEqual(rand([3, 7], { dtype: "float64", ...from() }));
    expect(randnLike(x, { dtype: "float32", ...from() })).toEqual(randn([3, 7], from()));
    expect(randintLike(x, -4, 9, from())).toEqual(randint(-4, 9, [3, 7], { dtype: "float64", ...from() }));
    expect(randintLike(x.to("int32"), 0, 2, { dtype: undefined, ...from() }).dtype).toBe("int32");
  });

  test("of nothing draw nothing", () => {
    const generator = new Generator(1);
    expect([
      rand([0], { generator }).shape,
      randn([2, 0], { generator }).shape,
      randperm(0, { generator }).shape,
    ]).toEqual([[0], [2, 0], [0]]);
    expect(generator.uint32()).toBe(new Generator(1).uint32());
  });

  test("whole numbers cover their range and no more", () => {
    const x = randint(-2, 3, [2000], { generator: new Generator(1) });
    expect(x.dtype).toBe("int32");
    expect([...new Set(x.data)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(randint(0, 10, [1], { dtype: "float32" }).dtype).toBe("float32");
    expect(randint(-(2 ** 31), 2 ** 31, [5]).size).toBe(5);
  });

  test("a permutation holds every number once", () => {
    const x = randperm(500, { generator: new Generator(1) });
    expect(Array.from(x.data).sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });
});
