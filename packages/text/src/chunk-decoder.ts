import { show } from "./show.ts";

/** The part of the platform's `TextDecoder` that is needed. */
interface PlatformDecoder {
  decode(bytes?: ArrayBufferView, options?: { stream: boolean }): string;
}

type PlatformDecoderClass = new (
  encoding: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => PlatformDecoder;

/** Makes text of chunks that are strings or bytes. */
export class ChunkDecoder {
  readonly #where: string;
  readonly #encoding: string;
  readonly #fatal: boolean;
  #platform: PlatformDecoder | null = null;
  #hasBegun = false;
  #chunks = 0;

  constructor(where: string, encoding: string, fatal: boolean) {
    this.#where = where;
    this.#encoding = encoding;
    this.#fatal = fatal;
  }

  /** The text of the next chunk but for an unfinished character at its end; `line` lines have been read so far. */
  decode(chunk: unknown, line: number): string {
    const index = this.#chunks++;
    if (typeof chunk === "string") return this.#begun(this.end(line) + chunk);
    if (ArrayBuffer.isView(chunk)) return this.#begun(this.#decode(chunk, line));
    throw new TypeError(
      `${this.#where}: chunk ${index} must be a string or a Uint8Array, got ${show(chunk)}`,
    );
  }

  /** What becomes of an unfinished character where the bytes end. */
  end(line: number): string {
    return this.#platform === null ? "" : this.#decode(undefined, line);
  }

  #decode(bytes: ArrayBufferView | undefined, line: number): string {
    this.#platform ??= this.#make();
    try {
      return this.#platform.decode(bytes, { stream: bytes !== undefined });
    } catch (cause) {
      throw new TypeError(
        `${this.#where}: bytes after line ${line} are not valid ${this.#encoding}; to read them as U+FFFD pass { fatal: false }`,
        { cause },
      );
    }
  }

  #make(): PlatformDecoder {
    const { TextDecoder } = globalThis as unknown as { TextDecoder: PlatformDecoderClass };
    try {
      return new TextDecoder(this.#encoding, { fatal: this.#fatal, ignoreBOM: true });
    } catch (cause) {
      throw new RangeError(`${this.#where}: unknown encoding ${show(this.#encoding)}`, { cause });
    }
  }

  /** Drops a byte order mark where the text begins. */
  #begun(text: string): string {
    if (this.#hasBegun || text === "") return text;
    this.#hasBegun = true;
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  }
}
