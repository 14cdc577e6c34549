/** Words in lines of at most `width` characters; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Indentation, then maybe a label with two spaces or more behind it, as in "data      sales.csv". */
const HEAD = /^( *)(?:\S+(?: \S+)* {2,})?/;

/**
 * One line as lines of at most `width` characters: the others begin below the first word after the label, or without a
 * label two spaces further in.
 */
export function fold(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const [head, indentation] = HEAD.exec(line) as unknown as [string, string];
  const hang = " ".repeat(head === indentation ? head.length + 2 : head.length);
  // the first line may be longer than the others by what they are further in
  const [first = "", ...rest] = wrap(line.slice(head.length), width - head.length);
  const others = rest.length === 0 ? [] : wrap(rest.join(" "), width - hang.length);
  return [head + first, ...others.map((text) => hang + text)];
}
