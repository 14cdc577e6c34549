import { expect, test } from "vitest";
import { ResidentBlocks } from "./resident-blocks.ts";

test("blocks follow each other on cache lines, and fill the lowest gap that is long enough", () => {
  const blocks = new ResidentBlocks(1024);
  expect(blocks.end).toBe(1024);
  const [a, b, c] = [100, 64, 1].map((bytes) => blocks.allocate(bytes));
  expect([a, b, c, blocks.end]).toEqual([1024, 1152, 1216, 1280]);
  blocks.free(a!);
  expect(blocks.allocate(129)).toBe(1280);
  expect(blocks.allocate(64)).toBe(1024);
  expect(blocks.allocate(64)).toBe(1088);
});

test("memory behind the last block is free again", () => {
  const blocks = new ResidentBlocks(64);
  const a = blocks.allocate(64);
  const b = blocks.allocate(64);
  blocks.free(a);
  expect(blocks.end).toBe(192);
  blocks.free(b);
  expect(blocks.end).toBe(64);
  expect(blocks.allocate(1000)).toBe(64);
});

test("no two of many blocks overlap", () => {
  const blocks = new ResidentBlocks(0);
  const live: { address: number; bytes: number }[] = [];
  for (let i = 0; i < 500; i++) {
    if (i % 3 === 2) blocks.free(live.splice((i * 7) % live.length, 1)[0]!.address);
    const bytes = 1 + ((i * 7919) % 1000);
    const address = blocks.allocate(bytes);
    for (const other of live) {
      expect(address + bytes <= other.address || other.address + other.bytes <= address).toBe(true);
    }
    live.push({ address, bytes });
  }
});
