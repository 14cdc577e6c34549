/**
 * The bytes of a module in hexadecimal.
 *
 * Opcodes in capitals are pairs of multiplication and addition. With `isFused`, relaxed_madd takes the place of the addition
 * and no-operations that of the multiplication, whose operands then wait below the addend: no byte moves.
 */
export function decodeModule(text: string, isFused: boolean): Uint8Array {
  const code = isFused ? text.replaceAll("FDE601", "010101").replaceAll("FDE401", "fd8502") : text;
  const bytes = new Uint8Array(code.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (digitAt(code, 2 * i) << 4) | digitAt(code, 2 * i + 1);
  return bytes;
}

/** The value of a digit. The low bits of "a" and "A" are 1, and letters have the bit of 64. */
function digitAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return (code & 15) + (code >> 6) * 9;
}
