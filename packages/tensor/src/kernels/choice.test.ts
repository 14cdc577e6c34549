import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { gemmReference } from "./gemm-reference.ts";
import type { Gemm } from "./gemm-types.ts";
import { createWasmGemm } from "./gemm-wasm.ts";
import { type WebAssemblyInterface, webAssembly } from "./simd.ts";
import { type WasmExports, type WasmKernels, WasmMemory } from "./wasm.ts";

/** A fresh copy of the module, as a program has it that has not multiplied anything yet. */
async function freshGemm(): Promise<typeof import("./gemm.ts")> {
  vi.resetModules();
  return import("./gemm.ts");
}

const size = 32;
const a = Float32Array.from({ length: size * size }, (_, i) => (i % 7) - 3);
const b = Float32Array.from({ length: size * size }, (_, i) => (i % 5) - 2);

function square(gemm: Gemm): Float32Array {
  const c = new Float32Array(size * size);
  gemm(size, size, size, a, 0, size, 1, b, 0, size, 1, c, 0, size, false);
  return c;
}

const expected = square(gemmReference);

const { validate, Module, Instance, Memory } = webAssembly() as WebAssemblyInterface;

/** The real WebAssembly, with some parts replaced. */
function stubWebAssembly(parts: object): void {
  vi.stubGlobal("WebAssembly", { validate, Module, Instance, Memory, ...parts });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("backend", () => {
  test("compiles nothing on import and once on first use", async () => {
    let compiled = 0;
    stubWebAssembly({
      Module: class extends Module {
        constructor(bytes: Uint8Array<ArrayBuffer>) {
          super(bytes);
          compiled++;
        }
      },
    });
    const { gemm, backend } = await freshGemm();
    expect(compiled).toBe(0);
    expect(square(gemm)).toEqual(expected);
    expect(compiled).toBe(1);
    square(gemm);
    expect(backend()).toMatch(/^wasm-/);
    expect(compiled).toBe(1);
  });

  test("is plain TypeScript where there is no WebAssembly", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const { gemm, backend } = await freshGemm();
    expect(backend()).toBe("js");
    expect(square(gemm)).toEqual(expected);
  });

  test("is plain TypeScript where the instructions are missing", async () => {
    stubWebAssembly({ validate: () => false });
    const { gemm, backend } = await freshGemm();
    expect(backend()).toBe("js");
    expect(square(gemm)).toEqual(expected);
  });

  test("is plain TypeScript where a content security policy refuses to compile", async () => {
    stubWebAssembly({
      Module: class {
        constructor() {
          throw new EvalError("Refused to compile WebAssembly: 'wasm-unsafe-eval' is not allowed");
        }
      },
    });
    const { gemm, backend } = await freshGemm();
    expect(backend()).toBe("js");
    expect(square(gemm)).toEqual(expected);
  });

  test("does not use relaxed SIMD in Bun, where it is slower", async () => {
    stubWebAssembly({ validate: () => true });
    vi.stubGlobal("Bun", {});
    vi.resetModules();
    const { hasRelaxedSimd, hasSimd } = await import("./simd.ts");
    expect([hasSimd(), hasRelaxedSimd()]).toEqual([true, false]);
  });
});

describe("setBackend", () => {
  test("forces a backend for every size, and gives the choice back", async () => {
    const { backend, chooseGemm, setBackend } = await freshGemm();
    const automatic = backend();
    const tiny = chooseGemm(2, 2, 2, "float32");
    setBackend("wasm-simd");
    expect(backend()).toBe("wasm-simd");
    expect(chooseGemm(2, 2, 2, "float32")).not.toBe(tiny);
    setBackend("js");
    expect(backend()).toBe("js");
    expect(chooseGemm(256, 256, 256, "float32")).toBe(tiny);
    setBackend("auto");
    expect(backend()).toBe(automatic);
    expect(chooseGemm(256, 256, 256, "float32")).not.toBe(tiny);
  });

  test("leaves float64 to TypeScript", async () => {
    const { chooseGemm } = await freshGemm();
    expect(chooseGemm(256, 256, 256, "float64")).toBe(chooseGemm(2, 2, 2, "float32"));
  });

  test("refuses a name that is no backend", async () => {
    const { setBackend } = await freshGemm();
    expect(() => setBackend("cuda" as "js")).toThrow(
      new RangeError('setBackend: "cuda" is not a backend; expected "auto", "wasm-fma", "wasm-simd" or "js"'),
    );
  });

  test("refuses a backend that cannot run here", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    const { backend, setBackend } = await freshGemm();
    expect(() => setBackend("wasm-simd")).toThrow(
      new RangeError('setBackend: "wasm-simd" cannot run here; the fastest that can is "js"'),
    );
    expect(backend()).toBe("js");
  });
});

describe("linear memory", () => {
  let pages: number;
  beforeEach(() => {
    pages = 1;
  });

  test("a product is computed in TypeScript when memory cannot grow", () => {
    const memory = new WasmMemory({
      buffer: new ArrayBuffer(65_536),
      grow: () => {
        throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
      },
    });
    const exports: Pick<WasmExports, "gemmScratchBytes"> = { gemmScratchBytes: () => 1000 };
    expect(square(createWasmGemm({ exports, memory } as WasmKernels))).toEqual(expected);
  });

  test("blocks that stay move scratch, and are refused when memory cannot grow", () => {
    const memory = new WasmMemory({
      buffer: new ArrayBuffer(2 * 65_536),
      grow: () => {
        throw new RangeError("WebAssembly.Memory.grow(): Unable to grow instance memory");
      },
    });
    expect(memory.scratchStart).toBe(65_536);
    expect(memory.allocate(1000)).toBe(65_536);
    expect(memory.scratchStart).toBe(65_536 + 1024);
    expect(memory.allocate(65_536)).toBe(undefined);
    expect(memory.scratchStart).toBe(65_536 + 1024);
    memory.free(65_536);
    expect(memory.scratchStart).toBe(65_536);
  });

  test("grows by at least a megabyte and renews its view", () => {
    const linear = {
      buffer: new ArrayBuffer(65_536),
      grow(by: number): number {
        const before = pages;
        pages += by;
        this.buffer = new ArrayBuffer(pages * 65_536);
        return before;
      },
    };
    const memory = new WasmMemory(linear);
    expect(memory.reserve(65_536)).toBe(true);
    expect(pages).toBe(1);
    expect(memory.reserve(65_537)).toBe(true);
    expect(pages).toBe(17);
    expect(memory.floats.buffer).toBe(linear.buffer);
  });
});
