/** A word of a command line as a shell takes it, in quotes where it needs them. */
export function quoted(word: string): string {
  if (/^[\w./:\\@%+=,-]+$/.test(word)) return word;
  // within double quotes these four still mean something to a shell
  return `"${word.replace(/["$`\\]/g, "\\$&")}"`;
}
