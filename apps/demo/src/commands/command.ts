import type { Streams } from "../terminal/streams.ts";

/** One word of the command line. */
export interface Command {
  /** What it does, for the list of commands. */
  readonly summary: string;
  /**
   * Does it and returns the exit code.
   *
   * @param args - What follows the word.
   * @throws InputError for a mistake of the user's.
   */
  run(args: readonly string[], streams: Streams): Promise<number>;
}
