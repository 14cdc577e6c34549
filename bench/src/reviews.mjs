import { hash } from "./data.mjs";

const COMMON =
  "the a an and of to in is it this that was as with for but on film movie not you are be his one all at by who they from so like about or has if out some there what good very when more even no would only story really".split(
    " ",
  );
const SYLLABLES = "an ber co dis el for ga hu in jo ka lu men no ous pro qui re sta ter un ver wy zo".split(
  " ",
);
const ODDITIES = [
  "don't",
  "it's",
  "couldn't",
  "10/10",
  "1994",
  "well-made",
  "U.S.",
  "caf\u00e9",
  "$5",
  "&",
  "--",
];
const ENDINGS = [". ", ". ", ". ", ".  ", "! ", "? ", "... ", ".<br /><br />"];

/** Made-up film reviews, one per line, `megabytes` of them: the same text every time. */
export function reviews(megabytes) {
  let drawn = 0;
  const below = (bound) => hash(drawn++, 77) % bound;
  const pick = (list) => list[below(list.length)];

  const word = () => {
    const kind = below(100);
    if (kind < 60) return pick(COMMON);
    if (kind < 96) return Array.from({ length: 1 + below(4) }, () => pick(SYLLABLES)).join("");
    return pick(ODDITIES);
  };
  const punctuated = (text) => {
    const kind = below(100);
    if (kind < 6) return `${text},`;
    if (kind < 8) return `"${text}"`;
    if (kind < 10) return `(${text})`;
    if (kind < 11) return `${text};`;
    return kind < 12 ? text.toUpperCase() : text;
  };
  const sentence = () => {
    const words = Array.from({ length: 5 + below(22) }, () => punctuated(word())).join(" ");
    return words.charAt(0).toUpperCase() + words.slice(1) + pick(ENDINGS);
  };

  const lines = [];
  for (let bytes = 0; bytes < megabytes * 1e6; bytes += Buffer.byteLength(lines.at(-1)) + 1) {
    lines.push(
      Array.from({ length: 4 + below(18) }, sentence)
        .join("")
        .trim(),
    );
  }
  return lines;
}
