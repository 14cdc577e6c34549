/** Turns elements of `width` bytes from the machine's byte order to little-endian or back, in place. */
export function toLittleEndian<B extends Uint8Array>(bytes: B, width: number): B {
  const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (!isLittleEndian) {
    for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
  }
  return bytes;
}
