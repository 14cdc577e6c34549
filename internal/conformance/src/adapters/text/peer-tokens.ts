import { buildVocabFromIterator } from "@rnn/text";
import { attempt } from "../../accident.ts";
import { type PeerAdapter, peer } from "../../adapter.ts";
import { need } from "../../library.ts";

type Tokenizer = (text: string) => string[];

/** A tokenizer by the name other projects use. */
function tokenizerNamed(name: string): Tokenizer {
  if (name === "split") return need<Tokenizer>("text", "splitWhitespace");
  if (name === "basic_english") return need<Tokenizer>("text", "basicEnglish");
  return need("text", "getTokenizer")(name);
}

/** kind `tokenizer`. */
export const tokenizerCase: PeerAdapter = peer<{ tokenizer: string; text: string; tokens: string[] }>(
  (c, { judge }) => {
    judge.same("tokens", tokenizerNamed(c.tokenizer)(c.text), c.tokens);
  },
);

/** kind `tokenizer_error`: a name that no tokenizer has. */
export const tokenizerErrorCase: PeerAdapter = peer<{ tokenizer: string }>((c, { judge }) => {
  const getTokenizer = need("text", "getTokenizer");
  const { error, value } = attempt(() => getTokenizer(c.tokenizer));
  judge.holds("getTokenizer", error !== undefined, value, "an error");
});

/** kind `pipeline`: lines to tokens to the order of a vocabulary. */
export const pipelineCase: PeerAdapter = peer<{ tokenizer: string; lines: string[]; itos: string[] }>(
  (c, { judge }) => {
    const vocab = buildVocabFromIterator(c.lines.map(tokenizerNamed(c.tokenizer)));
    judge.same("itos", vocab.getItos(), c.itos);
  },
);

/** kind `ngrams`: all n-grams up to a length. */
export const ngramsCase: PeerAdapter = peer<{ tokens: string[]; n: number; expected: string[] }>(
  (c, { judge }) => {
    const ngramsIterator = need<(tokens: string[], n: number) => Iterable<string>>("text", "ngramsIterator");
    judge.same("n-grams", [...ngramsIterator(c.tokens, c.n)], c.expected);
  },
);

/** kind `custom_replace`: regular expressions replaced in order. */
export const customReplaceCase: PeerAdapter = peer<{
  patterns: [string, string][];
  inputs: string[];
  expected: string[];
}>((c, { judge }) => {
  const replace = need("text", "customReplace")(c.patterns.map(([pattern, by]) => [new RegExp(pattern), by]));
  judge.same("texts", c.inputs.map(replace), c.expected);
});
