import { expect, it } from "vitest";
import { bytesInUse, training } from "./training-memory.ts";

// the long version is full/memory.full.ts
it("memory stays flat over 600 training steps whose losses are kept", () => {
  const train = training();
  train(200); // pools fill, functions are compiled
  const before = bytesInUse();
  train(600);
  const after = bytesInUse();
  // a step saves about 60 kB for its backward walk, 36 MB in all; a kept loss is less than 1 kB
  expect(after.buffers - before.buffers).toBeLessThan(1e6);
  expect(after.external - before.external).toBeLessThan(1e6);
  expect(after.wasm).toBe(before.wasm);
  expect(after.heap - before.heap).toBeLessThan(4e6);
});
