import { predictCommand } from "./commands/predict.ts";
import type { Streams } from "./commands/streams.ts";
import { trainCommand } from "./commands/train.ts";
import { InputError } from "./errors.ts";
import { shorten, visible } from "./terminal/format.ts";

/** Exit code for mistakes in options and files. */
export const MISTAKE = 2;
/** Longest error line; part of it may come from a file. */
const LONGEST_MESSAGE = 1000;

/** Runs the command line and returns the exit code: 2, and one line on `err`, for a mistake of the user's. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const [first, ...rest] = args;
  try {
    if (first === "predict") return await predictCommand(rest, streams);
    return await trainCommand(first === "train" ? rest : args, streams);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    streams.err.write(`${shorten(visible(error.message), LONGEST_MESSAGE)}\n`);
    return MISTAKE;
  }
}
