/**
 * The lines of a text stream, as many at a time as have arrived: a pipe is answered line by line, a file in blocks.
 *
 * Lines end at "\n" (a "\r" before it goes too), not at the other characters Unicode calls line ends. The last line
 * need not be ended.
 */
export async function* lineBlocks(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop()!;
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== "") yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
