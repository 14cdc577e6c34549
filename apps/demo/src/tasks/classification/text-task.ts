import { Tensor } from "@rnn/tensor";
import { basicEnglish, buildVocabFromIterator, padSequences, type Vocab } from "@rnn/text";
import { PADDING, type TextBlock, UNKNOWN } from "./model.ts";

/** Tokens of the ids {@link UNKNOWN} and {@link PADDING}. */
export const SPECIALS: readonly string[] = ["<unk>", "<pad>"];

/** How texts become ids and labels become targets; learned from the training part, saved with the model. */
export interface TextTask {
  readonly vocabulary: Vocab;
  /** Names of the classes; a target is a position in this list. */
  readonly labels: readonly string[];
  /** Tokens read of each text. */
  readonly maxLength: number;
  /** Of two classes the second is chosen where its logit is above this: 0 for a probability of one half. */
  readonly threshold: number;
}

/** A text as a model reads it. */
export interface EncodedText {
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
}

/** How the vocabulary is chosen. */
export interface VocabularyOptions {
  /** Most words, the specials not counted. */
  readonly maxWords: number;
  /** Times a word must occur. */
  readonly minCount: number;
}

/** The words of the training texts by frequency, after the specials; unknown words look up as `<unk>`. */
export function buildVocabulary(texts: Iterable<string>, { maxWords, minCount }: VocabularyOptions): Vocab {
  const vocabulary = buildVocabFromIterator(tokenLists(texts), {
    specials: SPECIALS,
    maxTokens: maxWords + SPECIALS.length,
    minFreq: minCount,
  });
  vocabulary.setDefaultIndex(UNKNOWN);
  return vocabulary;
}

function* tokenLists(texts: Iterable<string>): Generator<string[]> {
  for (const text of texts) yield basicEnglish(text);
}

/** Tokens and ids of a text, cut to `maxLength`. A text without tokens reads as one unknown word. */
export function encodeText(text: string, { vocabulary, maxLength }: TextTask): EncodedText {
  const tokens = basicEnglish(text).slice(0, maxLength);
  const ids = tokens.length === 0 ? [UNKNOWN] : vocabulary.lookupIndices(tokens);
  return { tokens, ids };
}

/** Id lists as one block, padded to the longest. */
export function textBlock(rows: readonly (readonly number[])[]): TextBlock {
  const { data, shape, lengths } = padSequences(rows, { padIndex: PADDING });
  return { ids: new Tensor(data, shape), lengths };
}
