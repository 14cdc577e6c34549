import { expect, it } from "vitest";
import { bytesInUse, training } from "../training-memory.ts";

it("heap, external and WebAssembly memory stay flat over 10,000 training steps", () => {
  const train = training();
  train(1000); // pools fill, functions are compiled
  const before = bytesInUse();
  train(9000);
  const after = bytesInUse();
  expect(after.buffers - before.buffers).toBeLessThan(1e6);
  expect(after.external - before.external).toBeLessThan(1e6);
  expect(after.wasm).toBe(before.wasm);
  // 9,000 losses are kept: less than 1 kB each, where the graph of one step has 60 kB
  expect(after.heap - before.heap).toBeLessThan(9e6);
});
