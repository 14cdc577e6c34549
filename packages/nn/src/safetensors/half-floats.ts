/** The values of IEEE 754 half floats: 1 sign bit, 5 bits of exponent, 10 of fraction. float32 holds each exactly. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    // exponent 0: steps of 2^-24 without the leading 1; exponent 31: infinity and NaN
    let size = fraction * 2 ** -24;
    if (exponent === 31) size = fraction === 0 ? Infinity : Number.NaN;
    else if (exponent > 0) size = (1024 + fraction) * 2 ** (exponent - 25);
    values[i] = half & 0x8000 ? -size : size;
  }
  return values;
}

/** The values of bfloat16 numbers: the upper halves of float32 numbers. */
export function fromBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}
