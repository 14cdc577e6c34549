import { isPythonSpace } from "./whitespace.ts";

/** What a character of lower-cased text does in basic_english. */
const WORD = 0;
const SEPARATOR = 1;
const PUNCTUATION = 2;
const QUOTE = 3;
const LESS_THAN = 4;

const BREAK = "<br />";

/**
 * Finds the tokens of already lower-cased text in one pass.
 *
 * `emit(start, end, quoted)` receives them in order; `quoted` says that `lower.slice(start, end)` may hold
 * quotation marks, which the token does not. Equals {@link basicEnglishByRules}, several times as fast.
 */
export function scanBasicEnglish(
  lower: string,
  emit: (start: number, end: number, quoted: boolean) => void,
): void {
  const length = lower.length;
  let i = 0;
  while (i < length) {
    const kind = kindOf(lower.charCodeAt(i));
    if (kind === SEPARATOR || kind === QUOTE) {
      i++;
      continue;
    }
    if (kind === PUNCTUATION) {
      emit(i, i + 1, false);
      i++;
      continue;
    }
    if (kind === LESS_THAN) {
      const end = endOfBreak(lower, i);
      if (end !== -1) {
        i = end;
        continue;
      }
    }
    // a word: up to the next separator, punctuation or line break tag
    const start = i;
    let quoted = false;
    while (++i < length) {
      const next = kindOf(lower.charCodeAt(i));
      if (next === WORD) continue;
      if (next === QUOTE) quoted = true;
      else if (next !== LESS_THAN || endOfBreak(lower, i) !== -1) break;
    }
    let end = i;
    if (quoted) while (lower.charCodeAt(end - 1) === 0x22) end--;
    emit(start, end, quoted);
  }
}

function kindOf(unit: number): number {
  if (unit > 0x60 && unit < 0x7b) return WORD; // a-z, first because most frequent
  switch (unit) {
    case 0x21: // !
    case 0x27: // '
    case 0x28: // (
    case 0x29: // )
    case 0x2c: // ,
    case 0x2e: // .
    case 0x3f: // ?
      return PUNCTUATION;
    case 0x3a: // :
    case 0x3b: // ;
      return SEPARATOR;
    case 0x22: // "
      return QUOTE;
    case 0x3c: // <
      return LESS_THAN;
    default:
      return isPythonSpace(unit) ? SEPARATOR : WORD;
  }
}

/**
 * The position after the line break tag that starts at `start`, or -1.
 *
 * Quotation marks are deleted before the rule that looks for the tag, so they may stand anywhere inside it.
 */
function endOfBreak(lower: string, start: number): number {
  let matched = 0;
  for (let i = start; i < lower.length; i++) {
    const unit = lower.charCodeAt(i);
    if (unit === 0x22) continue;
    if (unit !== BREAK.charCodeAt(matched)) return -1;
    if (++matched === BREAK.length) return i + 1;
  }
  return -1;
}
