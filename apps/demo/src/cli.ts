import { predictCommand } from "./commands/predict.ts";
import { trainCommand } from "./commands/train.ts";
import { InputError } from "./errors.ts";
import { shorten, visible } from "./terminal/format.ts";

/** Exit code for mistakes in options and files. */
const MISTAKE = 2;

/** Longest error line; part of it may come from a file. */
const LONGEST_MESSAGE = 1000;

async function run([first, ...rest]: readonly string[]): Promise<number> {
  const streams = { out: process.stdout, err: process.stderr, input: process.stdin, env: process.env };
  if (first === "predict") return predictCommand(rest, streams);
  return trainCommand(first === undefined || first === "train" ? rest : [first, ...rest], streams);
}

// a closed pipe, as after `| head`, is the reader's way to say it has enough
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${shorten(visible(error.message), LONGEST_MESSAGE)}\n`);
  process.exitCode = MISTAKE;
}
