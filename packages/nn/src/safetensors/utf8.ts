/** What every platform with a JavaScript engine has for turning text into bytes and back. */
interface TextCoders {
  TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
  TextDecoder: new (
    label: string,
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string };
}

const coders = (): TextCoders => globalThis as unknown as TextCoders;

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new (coders().TextEncoder)().encode(text);
}

/** Throws on bytes that are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new (coders().TextDecoder)("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}
