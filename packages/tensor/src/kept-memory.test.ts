import { afterEach, expect, test, vi } from "vitest";

const Real = ArrayBuffer;

/** The byte lengths of all array buffers that `work` makes by name in a fresh copy of the module, on a platform. */
async function buffersOn(
  platform: string,
  work: (allocate: (n: number) => unknown) => void,
): Promise<number[]> {
  vi.resetModules();
  const { allocate } = await import("./dtype.ts");
  const made: number[] = [];
  vi.stubGlobal("process", { platform });
  vi.stubGlobal(
    "ArrayBuffer",
    class extends Real {
      constructor(length: number) {
        super(0);
        made.push(length);
      }
    },
  );
  work((n) => allocate("float32", n));
  vi.unstubAllGlobals();
  return made;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test("the first large array teaches the allocator to keep memory, once", async () => {
  const twice = (allocate: (n: number) => unknown): void => {
    allocate(16_383);
    allocate(16_384);
    allocate(1_000_000);
  };
  expect(await buffersOn("linux", twice)).toEqual([2 ** 25 - 2 ** 13]);
  expect(await buffersOn("darwin", twice)).toEqual([]);
});

test("small arrays leave it alone", async () => {
  expect(await buffersOn("linux", (allocate) => allocate(16_383))).toEqual([]);
});
