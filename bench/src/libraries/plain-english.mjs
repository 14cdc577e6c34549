/** The rules of basic_english as a chain of regular expressions, in torchtext's order. */
const rules = [
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
  [/\s+/g, " "],
];

/** Splits a line into the tokens of basic_english, one pass per rule. */
export function plainEnglish(line) {
  let text = line.toLowerCase();
  for (const [pattern, replacement] of rules) text = text.replace(pattern, replacement);
  return text.trim().split(" ");
}
