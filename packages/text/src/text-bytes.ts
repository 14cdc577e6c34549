const REPLACEMENT = 0xfffd;

/**
 * The UTF-8 bytes of a text, lone surrogates included.
 *
 * UTF-8 has none, so that `TextEncoder` replaces them; here they are three bytes like their neighbours (a superset
 * that goes by the name of WTF-8), and {@link bytesToText} gives them back.
 */
export function textToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code < 0x80) {
      bytes[n++] = code;
    } else if (code < 0x800) {
      bytes[n++] = 0xc0 | (code >> 6);
      bytes[n++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[n++] = 0xe0 | (code >> 12);
      bytes[n++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[n++] = 0x80 | (code & 0x3f);
    } else {
      bytes[n++] = 0xf0 | (code >> 18);
      bytes[n++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[n++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[n++] = 0x80 | (code & 0x3f);
      i++; // its second half
    }
  }
  return bytes.slice(0, n);
}

/**
 * The text of UTF-8 bytes, lone surrogates included. What is not UTF-8 becomes U+FFFD, in as many pieces as
 * `TextDecoder` makes of it.
 */
export function bytesToText(bytes: Iterable<number>): string {
  const units = new UnitBuffer();
  let code = 0;
  let missing = 0; // bytes of the character that are still to come
  let least = 0x80; // the range of the next of them
  let most = 0xbf;
  for (const byte of bytes) {
    if (missing > 0) {
      if (byte >= least && byte <= most) {
        code = (code << 6) | (byte & 0x3f);
        least = 0x80;
        most = 0xbf;
        if (--missing === 0) units.push(code);
        continue;
      }
      units.push(REPLACEMENT);
    }
    missing = byte < 0xc2 || byte > 0xf4 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (missing === 0) units.push(byte < 0x80 ? byte : REPLACEMENT);
    code = byte & (0x3f >> missing);
    // the shortest form only, and nothing beyond U+10FFFF
    least = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    most = byte === 0xf4 ? 0x8f : 0xbf;
  }
  if (missing > 0) units.push(REPLACEMENT);
  return units.text();
}

/** Makes a string of code points, some thousand at a time. */
class UnitBuffer {
  readonly #units = new Uint16Array(4096);
  #used = 0;
  #text = "";

  push(code: number): void {
    if (this.#used + 2 > this.#units.length) this.#flush();
    if (code < 0x10000) {
      this.#units[this.#used++] = code;
    } else {
      this.#units[this.#used++] = 0xd800 | ((code - 0x10000) >> 10);
      this.#units[this.#used++] = 0xdc00 | ((code - 0x10000) & 0x3ff);
    }
  }

  text(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    this.#text += String.fromCharCode(...this.#units.subarray(0, this.#used));
    this.#used = 0;
  }
}
