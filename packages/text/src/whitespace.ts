/**
 * Whether a UTF-16 unit is whitespace to Python: `str.isspace`, `str.split()` and `\s` in `re`.
 *
 * JavaScript's `\s` differs: it lacks U+001C to U+001F and U+0085, and has U+FEFF.
 */
export function isPythonSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x1c && unit <= 0x1f);
  if (unit < 0x85) return false;
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The same set as a regular expression for runs of it. */
export const PYTHON_SPACES: RegExp =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: U+001C to U+001F are whitespace to Python
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
