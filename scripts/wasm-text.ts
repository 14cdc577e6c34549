/** Writes modules as the text that packages/tensor/src/kernels/wasm-text.ts reads; the format is described there. */

import { DIGITS } from "../packages/tensor/src/kernels/wasm-text.ts";

/** `f32x4.mul` and `f32x4.add`, in hexadecimal, and what the marked module has in their place: `pmin` and `pmax`. */
const fusible = [
  { opcode: "fde601", mark: "fdea01" },
  { opcode: "fde401", mark: "fdeb01" },
] as const;

/**
 * The text of a module. `marked` is the same module but for other opcodes where a multiplication and an addition can be fused.
 *
 * Neither base64 nor hexadecimal: gzip does not find repeated bytes in base64, where they have other letters at another place,
 * and of hexadecimal it has only half as much in sight.
 */
export function encodeModule(module: Buffer, marked: Buffer): string {
  if (module.length !== marked.length) throw new Error("the marked module has another length");
  let text = "";
  for (let i = 0; i < module.length; i++) {
    // opcodes differ in their second byte
    if (module[i + 1] === marked[i + 1]) {
      text += encoded((module[i]! - 0xfd) & 0xff);
      continue;
    }
    const [opcode, mark] = [module, marked].map((bytes) => bytes.toString("hex", i, i + 3));
    const kind = fusible.findIndex((pair) => pair.opcode === opcode && pair.mark === mark);
    if (kind === -1) throw new Error(`the marked module has ${mark} for ${opcode} at byte ${i}`);
    text += encoded(256 + kind);
    i += 2;
  }
  return text;
}

function encoded(number: number): string {
  if (number < 88) return DIGITS[number]!;
  return DIGITS[88 + Math.floor((number - 88) / 91)]! + DIGITS[(number - 88) % 91]!;
}
