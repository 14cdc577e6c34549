/**
 * Orders strings by code point, as Python sorts `str`; for `Array.prototype.sort`.
 *
 * JavaScript's `<` compares UTF-16 units, which puts characters beyond U+FFFF before U+E000 to U+FFFF.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  // the strings may differ in the second half of a surrogate pair
  if (i > 0 && isHighSurrogate(a.charCodeAt(i - 1))) {
    const difference = (a.codePointAt(i - 1) as number) - (b.codePointAt(i - 1) as number);
    if (difference !== 0) return difference;
  }
  return (a.codePointAt(i) as number) - (b.codePointAt(i) as number);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
