import type { ColourEnvironment } from "./colour.ts";
import type { Output } from "./output.ts";

/** What a command talks to: the process, or a test. */
export interface Streams {
  /** Results. */
  readonly out: Output;
  /** Progress and errors. */
  readonly err: Output;
  readonly input: AsyncIterable<string | Uint8Array> & {
    readonly isTTY?: boolean | undefined;
    /** File descriptor, of the process's own input. */
    readonly fd?: number | undefined;
  };
  readonly env: ColourEnvironment;
}
