import { PYTHON_SPACES } from "./whitespace.ts";

/** The replacements of torchtext's basic_english, in its order: each works on the result of those before. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/'/g, " '  "],
  [/"/g, ""],
  [/\./g, " . "],
  [/<br \/>/g, " "],
  [/,/g, " , "],
  [/\(/g, " ( "],
  [/\)/g, " ) "],
  [/!/g, " ! "],
  [/\?/g, " ? "],
  [/;/g, " "],
  [/:/g, " "],
  [PYTHON_SPACES, " "],
];

/** The definition of `basicEnglish`, and the oracle of its one-pass implementation. */
export function basicEnglishByRules(text: string): string[] {
  let line = text.toLowerCase();
  for (const [pattern, replacement] of RULES) line = line.replace(pattern, replacement);
  return line.split(" ").filter((token) => token !== "");
}
