import { fstatSync } from "node:fs";
import { readText, textOf } from "../data/read-text.ts";
import { InputError } from "../errors.ts";
import { lineBlocks } from "./lines.ts";
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
 * All of standard input, unpacked if it is gzip.
 *
 * @param instead - What to do where nothing is piped in, for example "name a file with --data FILE".
 * @throws {@link InputError} if it is a terminal, a folder, empty, damaged or not UTF-8.
 */
export async function inputText({ input }: Streams, instead: string): Promise<string> {
  checkInput(input);
  if (input.isTTY)
    throw new InputError(`standard input: is a terminal, expected a file or a pipe; ${instead}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  const bytes = Buffer.concat(chunks);
  const text = bytes.length === 0 ? "" : textOf(bytes, "standard input");
  if (text.trim() === "") throw new InputError(`standard input: is empty; ${instead}`);
  return text;
}

/** A text and where it comes from. */
export interface NamedText {
  readonly content: string;
  /** The path of its file, or "standard input". */
  readonly source: string;
}

/**
 * The text of the file that `--data` names, or without it of standard input.
 *
 * @throws {@link InputError} as {@link readText} and {@link inputText}.
 */
export async function dataText(file: string | undefined, streams: Streams): Promise<NamedText> {
  if (file !== undefined) return { content: await readText(file), source: file };
  return {
    content: await inputText(streams, "name a file with --data FILE"),
    source: "standard input",
  };
}

/** Node reads a folder (`predict < /`) as if it were empty. */
function checkInput({ fd }: Streams["input"]): void {
  if (fd !== undefined && fstatSync(fd).isDirectory()) {
    throw new InputError("standard input: is a folder, expected a file");
  }
}
