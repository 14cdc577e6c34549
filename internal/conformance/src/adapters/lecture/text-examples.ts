import {
  basicEnglish,
  buildVocabFromIterator,
  CountVectorizer,
  padSequences,
  Vocab,
  vectorize,
} from "@rnn/text";
import { type GoldenAdapter, golden } from "../../adapter.ts";

interface VocabularyConfig {
  readonly documents: string[];
  readonly extra_documents: string[];
  readonly specials: string[];
  readonly max_tokens: number;
  readonly default_index: number;
  readonly pad_index: number;
  readonly length: number;
}

/** kind `lecture:vocab`: documents to a vocabulary, and all documents to rows of indices. */
export const vocabularyExampleCase: GoldenAdapter = golden<
  VocabularyConfig,
  { itos: string[]; ids: number[][] }
>((c, { judge }) => {
  const {
    documents,
    extra_documents,
    specials,
    max_tokens: maxTokens,
    length,
    pad_index: padIndex,
  } = c.config;
  const vocab = buildVocabFromIterator(documents.map(basicEnglish), { specials, maxTokens });
  vocab.setDefaultIndex(c.config.default_index);
  const rows = [...documents, ...extra_documents].map((text) => vectorize(text, vocab, length, { padIndex }));
  const results = { itos: vocab.getItos(), ids: rows.map((row) => Array.from(row)) };
  judge.same("", results, c.outputs);
  judge.same("published", pick(results, c.published), c.published ?? {});
});

interface BagOfWordsConfig {
  readonly documents: string[];
  readonly unk_index: number;
  readonly pad_index: number;
}

interface BagOfWords {
  readonly columns: string[];
  readonly counts: number[][];
  /** Column number + 1 of each word in order, padded to the longest document. */
  readonly sequences: number[][];
}

/** kind `lecture:bag_of_words`: counts of words of two or more characters, and the words in order. */
export const bagOfWordsExampleCase: GoldenAdapter = golden<
  BagOfWordsConfig & { tokens: string[][] },
  BagOfWords
>((c, { judge }) => {
  const { documents, tokens, pad_index: padIndex } = c.config;
  const vectorizer = new CountVectorizer();
  const counts = vectorizer.fitTransform(documents).toArray();
  const columns = vectorizer.vocab.getItos();
  // index 0 is kept for unknown words
  const vocab = new Vocab(["<unk>", ...columns], { defaultIndex: c.config.unk_index });
  const { data, shape } = padSequences(
    tokens.map((words) => vocab.lookupIndices(words)),
    { padIndex },
  );
  const sequences = tokens.map((_, n) => Array.from(data.subarray(n * shape[1], (n + 1) * shape[1])));
  const results = { columns, counts, sequences };
  judge.same("", results, c.outputs);
  judge.same("published", pick(results, c.published), c.published ?? {});
});

function pick(results: Readonly<Record<string, unknown>>, published: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.keys(published).map((name) => [name, results[name]]));
}
