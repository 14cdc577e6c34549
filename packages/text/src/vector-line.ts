import { show } from "./show.ts";

/** A number as text files of vectors have it. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const HEADER = /^\d+ (\d+)\s*$/;

/** The dimension that the first line of a fastText file declares, after the number of vectors, or `null`. */
export function declaredDimension(line: string): number | null {
  const declared = HEADER.exec(line)?.[1];
  return declared === undefined ? null : Number(declared);
}

/** How many numbers a line of unknown dimension ends with; its first field is a word, whatever it looks like. */
export function countNumbers(line: string): number {
  const fields = line.split(/[ \t\r]+/).filter((field) => field !== "");
  let first = fields.length;
  while (first > 1 && DECIMAL.test(fields[first - 1] as string)) first--;
  return fields.length - first;
}

/**
 * Where the word of a line with `dimension` numbers ends.
 *
 * The word is all that comes before the numbers, since some files have words with spaces in them.
 *
 * @throws RangeError if there are fewer numbers, or one more.
 */
export function endOfWord(where: string, line: string, dimension: number): number {
  let end = withoutSeparators(line, line.length);
  for (let n = 0; n < dimension && end > 0; n++) {
    while (end > 0 && !isSeparator(line.charCodeAt(end - 1))) end--;
    end = withoutSeparators(line, end);
  }
  const word = line.slice(0, end);
  const last = /[ \t](\S+)$/.exec(word)?.[1];
  if (word !== "" && (last === undefined || !DECIMAL.test(last))) return end;
  throw new RangeError(
    `${where} must have a word and ${dimension} numbers, got ${countNumbers(line)} numbers: ${show(line)}`,
  );
}

/**
 * Writes the numbers that follow the word into `row`, as many as it takes.
 *
 * @throws RangeError if one is not a finite number that float32 can hold.
 */
export function readNumbers(where: string, line: string, wordEnd: number, row: Float32Array): void {
  let start = wordEnd;
  for (let i = 0; i < row.length; i++) {
    while (isSeparator(line.charCodeAt(start))) start++;
    let end = start;
    while (end < line.length && !isSeparator(line.charCodeAt(end))) end++;
    const field = line.slice(start, end);
    row[i] = DECIMAL.test(field) ? Number(field) : Number.NaN;
    if (!Number.isFinite(row[i])) {
      throw new RangeError(
        `${where}: number ${i} of ${show(line.slice(0, wordEnd))} must be finite in float32, got ${show(field)}`,
      );
    }
    start = end;
  }
}

/** The end of what comes before the spaces that end at `end`. */
function withoutSeparators(line: string, end: number): number {
  let before = end;
  while (before > 0 && isSeparator(line.charCodeAt(before - 1))) before--;
  return before;
}

function isSeparator(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d;
}
