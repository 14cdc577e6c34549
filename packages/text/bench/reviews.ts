const COMMON =
  "the a and of to is it in i this that was as movie for with but film on you not are his have be he one all at they by who so from like just about or has if out some there what good very when more even my no would only time really see story".split(
    " ",
  );
const SYLLABLES = "ba con di er fra gen ing ka lo ment ne or pre qui ra ship tion un ver wor".split(" ");
const ODDITIES = [
  "don't",
  "it's",
  "director's",
  "10/10",
  "well-made",
  "U.S.",
  "$5",
  "--",
  "...",
  "caf\u00e9",
  "&",
];
const ENDINGS = [". ", ". ", ". ", "! ", "? ", "... ", ".<br /><br />"];

/** Reviews in the manner of IMDB's, one per line, about `megabytes` of them, the same for the same seed. */
export function reviews(megabytes: number, seed: number): string[] {
  const below = generator(seed);
  const pick = (list: readonly string[]) => list[below(list.length)] as string;
  const word = (): string => {
    const kind = below(100);
    if (kind < 60) return pick(COMMON);
    if (kind < 96) return Array.from({ length: 1 + below(4) }, () => pick(SYLLABLES)).join("");
    return pick(ODDITIES);
  };
  const dressed = (w: string): string => {
    const kind = below(100);
    if (kind < 6) return `${w},`;
    if (kind < 8) return `"${w}"`;
    if (kind < 10) return `(${w})`;
    return kind === 10 ? `${w};` : w;
  };
  const sentence = (): string => {
    const words = Array.from({ length: 5 + below(20) }, () => dressed(word())).join(" ");
    return words.charAt(0).toUpperCase() + words.slice(1) + pick(ENDINGS);
  };
  const lines: string[] = [];
  for (let size = 0; size < megabytes * 1e6; size += (lines.at(-1) as string).length) {
    lines.push(Array.from({ length: 5 + below(16) }, sentence).join(""));
  }
  return lines;
}

/** Integers below a bound from a 32-bit xorshift. */
function generator(seed: number): (bound: number) => number {
  let state = seed | 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
