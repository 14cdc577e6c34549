import { InputError } from "../errors.ts";
import { ExampleList, type Examples } from "./example.ts";

const LABELS: ReadonlyMap<string, string> = new Map([
  ["0", "negative"],
  ["1", "positive"],
]);

/**
 * Reads the UCI Sentiment Labelled Sentences: lines of `sentence TAB score LF`, score 0 or 1.
 *
 * Lines end at "\n" alone: sentences contain U+0085, which Unicode also calls a line end.
 *
 * @throws {@link InputError} naming the line that is not of this form.
 */
export function parseSentences(content: string, source: string): Examples {
  const list = new ExampleList();
  const lines = content.split("\n");
  if (lines.at(-1) === "") lines.pop();
  lines.forEach((line, row) => {
    const tab = line.lastIndexOf("\t");
    const label = LABELS.get(line.slice(tab + 1).trim());
    if (tab < 0 || label === undefined) {
      throw new InputError(`${source}: line ${row + 1} is not "sentence TAB 0 or 1"`);
    }
    list.add(line.slice(0, tab), label);
  });
  return list.finish();
}
