import { buildVocabFromIterator } from "@rnn/text";
import { attempt } from "../../accident.ts";
import { peer } from "../../adapter.ts";
import { absent, need } from "../../library.ts";

type Tokenizer = (text: string) => string[];

/** A tokenizer by the name other projects use. */
function tokenizerNamed(name: string): Tokenizer {
  if (name === "split") return need<Tokenizer>("text", "splitWhitespace");
  if (name === "basic_english") return need<Tokenizer>("text", "basicEnglish");
  return need("text", "getTokenizer")(name);
}

/** kind `tokenizer`. */
export const tokenizerCase = peer<{ tokenizer: string; text: string; tokens: string[] }>((c, { judge }) => {
  judge.same("tokens", tokenizerNamed(c.tokenizer)(c.text), c.tokens);
});

/** kind `tokenizer_error`: a name that no tokenizer has. */
export const tokenizerErrorCase = peer<{ tokenizer: string }>((c, { judge }) => {
  const getTokenizer = need("text", "getTokenizer");
  const { error, value } = attempt(() => getTokenizer(c.tokenizer));
  judge.holds("getTokenizer", error !== undefined, value, "an error");
});

/** kind `pipeline`: lines to tokens to the order of a vocabulary. */
export const pipelineCase = peer<{ tokenizer: string; lines: string[]; itos: string[] }>((c, { judge }) => {
  const vocab = buildVocabFromIterator(c.lines.map(tokenizerNamed(c.tokenizer)));
  judge.same("itos", vocab.getItos(), c.itos);
});

/** kind `ngrams`: all n-grams up to a length. */
export const ngramsCase = peer(() => absent("text", "ngramsIterator", "ngrams"));

/** kind `custom_replace`: regular expressions replaced in order. */
export const customReplaceCase = peer(() => absent("text", "customReplace"));
