import { describe } from "../describe.ts";

/** The bytes of a file as a plain `Uint8Array`: its own methods, unlike those of a Node `Buffer`, copy. */
export function bytesOf(where: string, file: Uint8Array | ArrayBuffer): Uint8Array {
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (file instanceof Uint8Array) return new Uint8Array(file.buffer, file.byteOffset, file.length);
  throw new TypeError(
    `${where}: bytes must be a Uint8Array or an ArrayBuffer, the content of a file, got ${describe(file)}`,
  );
}

/**
 * The bytes of a file, in an ordinary buffer: what a `Blob` or a write to disk wants. `Uint8Array<ArrayBuffer>`, in words
 * that TypeScript knew before 5.7 too.
 *
 * @public
 */
export type FileBytes = ReturnType<Uint8Array["slice"]>;
