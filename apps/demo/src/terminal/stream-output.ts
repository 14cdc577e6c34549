import type { Writable } from "node:stream";
import type { Output } from "./output.ts";

/** The parts of `process.stdout` and `process.stderr` that are used. */
type OutputStream = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/**
 * A stream of the process as an {@link Output} that never throws: after its first error (the reader has gone, the disk
 * is full) it drops what is written.
 */
export class StreamOutput implements Output {
  readonly #stream: OutputStream;
  #error: NodeJS.ErrnoException | undefined;

  constructor(stream: OutputStream) {
    this.#stream = stream;
    stream.on("error", (error) => this.#note(error));
  }

  get isTTY(): boolean | undefined {
    return this.#stream.isTTY;
  }

  get columns(): number | undefined {
    return this.#stream.columns;
  }

  get closed(): boolean {
    return this.#error !== undefined;
  }

  /** The error that lost output somebody wanted: any but a closed pipe, which is how a reader says it has enough. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.#error?.code === "EPIPE" ? undefined : this.#error;
  }

  write(text: string): void {
    // the callback comes before the event, so that flush() does not miss an error
    if (!this.closed) this.#stream.write(text, (error) => this.#note(error));
  }

  async flush(): Promise<void> {
    if (this.closed) return;
    await new Promise<void>((resolve) => {
      this.#stream.write("", (error) => {
        this.#note(error);
        resolve();
      });
    });
  }

  #note(error: Error | null | undefined): void {
    this.#error ??= error ?? undefined;
  }
}
