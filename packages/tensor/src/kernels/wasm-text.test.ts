import { expect, test } from "vitest";
import { wasmModule } from "./wasm-module.ts";
import { decodeModule } from "./wasm-text.ts";

test("hexadecimal text becomes bytes, whatever its case", () => {
  expect(decodeModule("0019a0AFf9ff", false)).toEqual(Uint8Array.of(0x00, 0x19, 0xa0, 0xaf, 0xf9, 0xff));
});

test("a marked pair of multiplication and addition becomes a fused multiply-add of the same length", () => {
  // local.get 0, 1, f32x4.mul, local.get 2, f32x4.add; only what is in capitals is marked
  const text = "20002001FDE6012002FDE401fde601fde401";
  const plain = [0x20, 0, 0x20, 1, 0xfd, 0xe6, 1, 0x20, 2, 0xfd, 0xe4, 1, 0xfd, 0xe6, 1, 0xfd, 0xe4, 1];
  const fused = [0x20, 0, 0x20, 1, 1, 1, 1, 0x20, 2, 0xfd, 0x85, 2, 0xfd, 0xe6, 1, 0xfd, 0xe4, 1];
  expect(decodeModule(text, false)).toEqual(Uint8Array.from(plain));
  expect(decodeModule(text, true)).toEqual(Uint8Array.from(fused));
});

test("every multiplication that is marked has its addition", () => {
  const marks = wasmModule.match(/[A-F][A-F0-9]{5}/g) ?? [];
  const count = (opcode: string): number => marks.filter((mark) => mark === opcode).length;
  expect(count("FDE601")).toBeGreaterThan(90);
  expect(count("FDE401")).toBe(count("FDE601"));
  expect(marks.length).toBe(2 * count("FDE601"));
});
