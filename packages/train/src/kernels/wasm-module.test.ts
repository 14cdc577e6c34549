import { expect, test } from "vitest";
import { isUpToDate } from "../../../../scripts/wasm-build.ts";
import { wasmPackage } from "../../scripts/build-wasm.ts";

test("the embedded module is what its AssemblyScript sources compile to", async () => {
  expect(await isUpToDate(wasmPackage), "run pnpm run build:wasm").toBe(true);
});
