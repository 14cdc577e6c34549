/** Columns of a terminal that says nothing else. */
const WIDTH = 80;

/** Every line that is too long as several, broken between words; all but the first begin with `hang` spaces. */
export function wrap(text: string, hang = 0): string {
  return text
    .split("\n")
    .map((line) => (line.length <= WIDTH ? line : broken(line, hang)))
    .join("\n");
}

function broken(line: string, hang: number): string {
  const lines = [""];
  // what stands before a word stays with it, so that columns do
  for (const word of line.match(/ *\S+/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] === "" || lines[last]!.length + word.length <= WIDTH) lines[last] += word;
    else lines.push(" ".repeat(hang) + word.trimStart());
  }
  return lines.join("\n");
}
