import { fstatSync } from "node:fs";
import { InputError } from "../errors.ts";
import { lineBlocks, textPieces } from "./lines.ts";
import type { Streams } from "./streams.ts";

/**
 * The lines of standard input as they arrive; at a terminal, where somebody has to type them, `hint` says so first.
 *
 * @throws {@link InputError} if it is a folder or not UTF-8.
 */
export async function* inputLines({ input, err }: Streams, hint: string): AsyncGenerator<string[]> {
  checkInput(input);
  if (input.isTTY) err.write(`${hint}\n`);
  yield* lineBlocks(input);
}

/**
 * All of standard input.
 *
 * @param instead - What to do where nothing is piped in, for example "name a file with --data FILE".
 * @throws {@link InputError} if it is a terminal, a folder, empty or not UTF-8.
 */
export async function inputText({ input }: Streams, instead: string): Promise<string> {
  checkInput(input);
  if (input.isTTY)
    throw new InputError(`standard input: is a terminal, expected a file or a pipe; ${instead}`);
  const pieces: string[] = [];
  for await (const piece of textPieces(input)) pieces.push(piece);
  const text = pieces.join("");
  if (text.trim() === "") throw new InputError(`standard input: is empty; ${instead}`);
  return text;
}

/** Node reads a folder (`predict < /`) as if it were empty. */
function checkInput({ fd }: Streams["input"]): void {
  if (fd !== undefined && fstatSync(fd).isDirectory()) {
    throw new InputError("standard input: is a folder, expected a file");
  }
}
