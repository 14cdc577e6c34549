import { InputError } from "../errors.ts";

/**
 * The lines of a text stream, as many at a time as have arrived: a pipe is answered line by line, a file in blocks.
 *
 * Lines end at "\n" (a "\r" before it goes too), not at the other characters Unicode calls line ends. The last line
 * need not be ended.
 *
 * @throws {@link InputError} if the bytes are not UTF-8.
 */
export async function* lineBlocks(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const piece of textPieces(chunks)) {
    rest += piece;
    const lines = rest.split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== "") yield [withoutReturn(rest)];
}

/**
 * The text of a stream, as it arrives.
 *
 * @throws {@link InputError} if the bytes are not UTF-8.
 */
async function* textPieces(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of chunks) yield typeof chunk === "string" ? chunk : decode(decoder, chunk);
  yield decode(decoder);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** The characters that the bytes so far complete; without bytes, those of the end. */
function decode(decoder: InstanceType<typeof TextDecoder>, bytes?: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    throw new InputError("standard input: not UTF-8 text; save it as UTF-8");
  }
}
