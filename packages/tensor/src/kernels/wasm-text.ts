// A module as text that compresses nearly as well as its bytes: a character or two for each. scripts/wasm-text.ts writes it.

/**
 * The digits, 91 characters that need no escape: the more often a number occurs in modules, the more often its digit does in
 * minified code. gzip, which writes frequent characters in few bits, then has use for the same codes in both: a program is
 * 0.6 kB smaller than with digits in the order of the alphabet.
 */
export const DIGITS =
  "+L8o=in)m;a}:0rpf.1u d?]c*-{|4[>bzqeslyk<'2xW$YDMSVv/9H7BKU`Z3#NPAFg(CIQEG_O6w&5^RXT%hjJ,t@";

/** Bytes are numbered from this one, with which every SIMD instruction begins. */
const ORIGIN = 0xfd;

/** Numbers below have one digit, others a second one. */
const ONE_DIGIT = 88;

/** The numbers after those of bytes: f32x4.mul and f32x4.add of a pair that can be fused, and what fuses it. */
const FUSIBLE = 256;
const separate = [
  [0xfd, 0xe6, 0x01],
  [0xfd, 0xe4, 0x01],
];
const fused = [
  [0x01, 0x01, 0x01], // no operations
  [0xfd, 0x85, 0x02], // f32x4.relaxed_madd
];

/**
 * The bytes of a module.
 *
 * Its fusible pairs are multiplication and addition, or with `isFused` nothing and then a multiplication-addition, which finds
 * the factors still below the addend. No byte moves, so that one text serves hosts with and without it.
 */
export function decodeModule(text: string, isFused: boolean): Uint8Array {
  const pair = isFused ? fused : separate;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    let number = digitAt(text, i);
    if (number >= ONE_DIGIT) number = ONE_DIGIT + 91 * (number - ONE_DIGIT) + digitAt(text, ++i);
    if (number < FUSIBLE) bytes.push((number + ORIGIN) & 0xff);
    else bytes.push(...pair[number - FUSIBLE]!);
  }
  return Uint8Array.from(bytes);
}

function digitAt(text: string, i: number): number {
  return DIGITS.indexOf(text[i]!);
}
