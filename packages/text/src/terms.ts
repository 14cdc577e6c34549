import type { OptionKinds } from "./check-options.ts";
import { checkInteger, checkTokens, isIterableObject } from "./checks.ts";
import { ngrams } from "./ngrams-iterator.ts";
import { regexTokenizer } from "./regex-tokenizer.ts";
import { show } from "./show.ts";
import { splitCharacters, splitWhitespace, splitWords } from "./split.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { PYTHON_SPACES } from "./whitespace.ts";

/**
 * What the columns of a bag of words stand for: how a text becomes terms.
 *
 * @public
 */
export interface TermOptions {
  /**
   * What n-grams are made of: words (`"word"`, the default), characters of the whole text (`"char"`), or characters
   * inside words with a space put at both ends (`"char_wb"`).
   */
  readonly analyzer?: "word" | "char" | "char_wb" | undefined;
  /** Splits a text into words; {@link splitWords}, words of at least two characters, by default. */
  readonly tokenizer?: Tokenizer | undefined;
  /** What a word is, instead of a tokenizer; see {@link regexTokenizer}. */
  readonly tokenPattern?: RegExp | undefined;
  /** Whether texts are lower-cased before, `true` by default. */
  readonly lowercase?: boolean | undefined;
  /** Words that are left out before n-grams are made, spelt as the tokenizer gives them. There is no list built in. */
  readonly stopWords?: Iterable<string> | undefined;
  /** The lengths of n-grams, from and to; `[1, 1]`, single words or characters, by default. */
  readonly ngramRange?: readonly [least: number, most: number] | undefined;
}

/** For {@link checkOptions}. */
export const termOptions: OptionKinds<TermOptions> = {
  analyzer: "any",
  tokenizer: "function",
  tokenPattern: "any",
  lowercase: "boolean",
  stopWords: "any",
  ngramRange: "any",
};

/**
 * A text, or a list of its words: then only stop words and n-grams are left to do.
 *
 * @public
 */
export type TextOrTokens = string | readonly string[];

/** Gives the terms of a text; `name` says which text it is in error messages. */
export type Analyzer = (where: string, name: string, text: TextOrTokens) => readonly string[];

/** Checks the options, and makes of them a function from texts to terms. */
export function makeAnalyzer(where: string, options: TermOptions): Analyzer {
  const { analyzer = "word", lowercase = true } = options;
  const range = checkedRange(where, options.ngramRange ?? [1, 1]);
  if (analyzer === "word") return wordAnalyzer(where, options, lowercase, range);
  if (analyzer !== "char" && analyzer !== "char_wb") {
    throw new RangeError(`${where}: analyzer must be "word", "char" or "char_wb", got ${show(analyzer)}`);
  }
  for (const name of ["tokenizer", "tokenPattern", "stopWords"] as const) {
    if (options[name] === undefined) continue;
    throw new RangeError(`${where}: ${name} is about words; leave it out with analyzer "${analyzer}"`);
  }
  const terms = analyzer === "char" ? characterNgrams : ngramsInsideWords;
  return (method, name, text) => {
    if (typeof text === "string") return terms(lowercase ? text.toLowerCase() : text, range);
    throw new TypeError(`${method}: ${name} must be a string with analyzer "${analyzer}", got ${show(text)}`);
  };
}

function wordAnalyzer(
  where: string,
  { tokenizer, tokenPattern, stopWords }: TermOptions,
  lowercase: boolean,
  [least, most]: readonly [number, number],
): Analyzer {
  if (tokenizer !== undefined && tokenPattern !== undefined) {
    throw new RangeError(`${where}: pass tokenizer or tokenPattern, not both`);
  }
  if (stopWords !== undefined && !isIterableObject(stopWords)) {
    throw new TypeError(`${where}: stopWords must be a list of words, got ${show(stopWords)}`);
  }
  const split = tokenizer ?? (tokenPattern === undefined ? splitWords : regexTokenizer(tokenPattern));
  const stopped = new Set(stopWords);
  return (method, name, text) => {
    let words = text as readonly string[];
    if (typeof text === "string") {
      words = split(lowercase ? text.toLowerCase() : text);
      checkTokens(method, `what the tokenizer makes of ${name}`, words);
    } else {
      checkTokens(method, name, text, "a string or a list of tokens");
    }
    if (stopped.size > 0) words = [...words].filter((word) => !stopped.has(word));
    return least === 1 && most === 1 ? words : [...ngrams([...words], least, most, " ")];
  };
}

function characterNgrams(text: string, [least, most]: readonly [number, number]): string[] {
  return [...ngrams(splitCharacters(singleSpaced(text)), least, most, "")];
}

/** A word shorter than the n-gram is one term, once. */
function ngramsInsideWords(text: string, [least, most]: readonly [number, number]): string[] {
  return splitWhitespace(text).flatMap((word) => {
    const characters = splitCharacters(` ${word} `);
    if (characters.length <= least) return [characters.join("")];
    return [...ngrams(characters, least, most, "")];
  });
}

/** Runs of whitespace become one space; a single tab or line break stays what it is. */
function singleSpaced(text: string): string {
  return text.replace(PYTHON_SPACES, (run) => (run.length === 1 ? run : " "));
}

function checkedRange(where: string, range: unknown): readonly [number, number] {
  if (!isIterableObject(range)) {
    throw new TypeError(`${where}: ngramRange must be [least, most], got ${show(range)}`);
  }
  const [least, most] = [...range];
  checkInteger(where, "ngramRange[0]", least, 1);
  checkInteger(where, "ngramRange[1]", most, 1);
  if ((least as number) <= (most as number)) return [least as number, most as number];
  throw new RangeError(`${where}: ngramRange must not descend, got [${show(least)}, ${show(most)}]`);
}
