import { describe, expect, test } from "vitest";
import { encodeModule } from "../../../../scripts/wasm-text.ts";
import { wasmModule } from "./wasm-module.ts";
import { DIGITS, decodeModule } from "./wasm-text.ts";

const everyByte = Buffer.from(Array.from({ length: 512 }, (_, i) => (i * 7) & 0xff));

describe("the text of a module", () => {
  test("gives back every byte", () => {
    const text = encodeModule(everyByte, everyByte);
    expect(Buffer.from(decodeModule(text, false)).equals(everyByte)).toBe(true);
    expect(Buffer.from(decodeModule(text, true)).equals(everyByte)).toBe(true);
  });

  test("needs no escapes between quotation marks", () => {
    expect(new Set(DIGITS).size).toBe(91);
    expect(DIGITS).toMatch(/^[ #-[\]-~]+$/);
    for (const text of [encodeModule(everyByte, everyByte), wasmModule]) {
      expect([...text].every((digit) => DIGITS.includes(digit))).toBe(true);
    }
  });

  test("makes a fused multiply-add of a pair that the marked module shows, and of no other", () => {
    // local.get 0 and 1, f32x4.mul, local.get 2, f32x4.add; then another multiplication and addition
    const module = Buffer.from("20002001fde6012002fde401fde601fde401", "hex");
    const marked = Buffer.from("20002001fdea012002fdeb01fde601fde401", "hex");
    const text = encodeModule(module, marked);
    const hexadecimal = (isFused: boolean): string =>
      Buffer.from(decodeModule(text, isFused)).toString("hex");
    expect(hexadecimal(false)).toBe(module.toString("hex"));
    expect(hexadecimal(true)).toBe("200020010101012002fd8502fde601fde401");
  });

  test("is not written if the marked module is another", () => {
    const module = Buffer.from("fde601fde401", "hex");
    expect(() => encodeModule(module, module.subarray(1))).toThrow(
      new Error("the marked module has another length"),
    );
    expect(() => encodeModule(module, Buffer.from("fde601fdea01", "hex"))).toThrow(
      new Error("the marked module has fdea01 for fde401 at byte 3"),
    );
  });
});

test("every multiplication to be fused has its addition", () => {
  const separate = Buffer.from(decodeModule(wasmModule, false)).toString("hex");
  const fused = Buffer.from(decodeModule(wasmModule, true)).toString("hex");
  const count = (text: string, opcode: string): number => text.split(opcode).length - 1;
  const pairs = count(fused, "fd8502");
  expect(pairs).toBeGreaterThan(90);
  expect(count(separate, "fde601") - count(fused, "fde601")).toBe(pairs);
  expect(count(separate, "fde401") - count(fused, "fde401")).toBe(pairs);
});
