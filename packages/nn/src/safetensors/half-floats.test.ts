import { describe, expect, it } from "vitest";
import { fromBfloat16, fromFloat16 } from "./half-floats.ts";

const every = Uint16Array.from({ length: 65_536 }, (_, i) => i);

describe("half floats", () => {
  it("have the values of IEEE 754 binary16, all 65,536 of them", () => {
    const values = fromFloat16(every);
    for (const bits of every) {
      const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) % 32, bits % 1024];
      let expected = sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
      if (exponent === 0) expected = sign * 2 ** -14 * (fraction / 1024);
      if (exponent === 31) expected = fraction === 0 ? sign * Infinity : Number.NaN;
      if (!Object.is(values[bits], expected)) expect([bits, values[bits]]).toEqual([bits, expected]);
    }
  });

  it("of the bfloat16 kind are truncated float32 numbers, all 65,536 of them", () => {
    const values = new DataView(fromBfloat16(every).buffer);
    for (const bits of every) expect(values.getUint32(bits * 4, true) >>> 16).toBe(bits);
  });

  it("include the numbers everyone knows", () => {
    expect([...fromFloat16(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555))]).toEqual([
      1,
      -2,
      65504,
      2 ** -24,
      0.333251953125,
    ]);
    expect([...fromBfloat16(Uint16Array.of(0x3f80, 0xc049, 0x7f80))]).toEqual([1, -3.140625, Infinity]);
  });
});
