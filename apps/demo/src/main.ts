import { COMMANDS } from "./commands/index.ts";
import { overview } from "./commands/overview.ts";
import { InputError } from "./errors.ts";
import { closest } from "./options/closest.ts";
import { shorten, visible } from "./terminal/format.ts";
import { anyOf } from "./terminal/lists.ts";
import { widthOf } from "./terminal/output.ts";
import type { Streams } from "./terminal/streams.ts";

/** Exit code for mistakes in options and files. */
export const MISTAKE = 2;
/** Longest error line; part of it may come from a file. */
const LONGEST_MESSAGE = 1000;

/** Runs the command line and returns the exit code: 2, and one line on `err`, for a mistake of the user's. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(args, streams);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    streams.err.write(`${shorten(visible(error.message), LONGEST_MESSAGE)}\n`);
    return MISTAKE;
  }
}

/** Without a command the arguments are those of `train`, the main job. */
async function dispatch(args: readonly string[], streams: Streams): Promise<number> {
  const [first, ...rest] = args;
  const wantsHelp = first === "help" || (args.length === 1 && (first === "--help" || first === "-h"));
  if (wantsHelp && rest.length === 0) {
    streams.out.write(overview(widthOf(streams.out)));
    return 0;
  }
  if (wantsHelp) return dispatch([...rest, "--help"], streams);
  if (first === undefined || first.startsWith("-")) return COMMANDS.train!.run(args, streams);
  if (!Object.hasOwn(COMMANDS, first)) throw unknownCommand(first);
  return COMMANDS[first]!.run(rest, streams);
}

function unknownCommand(word: string): InputError {
  const names = Object.keys(COMMANDS);
  const near = closest(word, names);
  return new InputError(
    near === undefined
      ? `${word}: unknown command; expected ${anyOf(names)}; see --help`
      : `${word}: unknown command (did you mean ${near}?); see --help`,
  );
}
