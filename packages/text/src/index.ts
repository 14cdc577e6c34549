/**
 * Text to numbers: tokenizers, vocabularies, transforms, padded batches, byte-pair encoding, word vectors, bags of
 * words and tf-idf, and readers of streams, with the semantics of torchtext and scikit-learn.
 *
 * @packageDocumentation
 */

export { type AddTokenOptions, addToken } from "./add-token.ts";
export { basicEnglish, basicEnglishWithOffsets } from "./basic-english.ts";
export {
  type BuildVocabOptions,
  buildVocabFromCounts,
  buildVocabFromIterator,
  type VocabFromCountsOptions,
} from "./build-vocab.ts";
export {
  BytePairEncoding,
  type BytePairEncodingJSON,
  type BytePairEncodingOptions,
} from "./byte-pair-encoding.ts";
export type { TextSource, WebStream, WebStreamReader } from "./chunks.ts";
export { CountVectorizer, type CountVectorizerOptions } from "./count-vectorizer.ts";
export { customReplace } from "./custom-replace.ts";
export { detokenize } from "./detokenize.ts";
export { getTokenizer, type TokenizerName } from "./get-tokenizer.ts";
export { jsonLines } from "./json-lines.ts";
export { type LabelToIndexOptions, labelToIndex } from "./label-to-index.ts";
export { type LinesOptions, lines } from "./lines.ts";
export type { ListOrBatch, ListTransform, SameNesting } from "./list-transform.ts";
export { ngramsIterator } from "./ngrams-iterator.ts";
export { oneHot } from "./one-hot.ts";
export { type PaddedBatch, type PadSequencesOptions, padSequences } from "./pad-sequences.ts";
export { padTransform } from "./pad-transform.ts";
export { readWordVectors, type WordVectors, type WordVectorsOptions } from "./read-word-vectors.ts";
export { type RegexTokenizerOptions, regexTokenizer } from "./regex-tokenizer.ts";
export type { RowSides } from "./row.ts";
export { type Step, sequential } from "./sequential.ts";
export { SparseMatrix, type SparseRow, type SparseTriplets } from "./sparse-matrix.ts";
export { splitCharacters, splitWhitespace, splitWords } from "./split.ts";
export { strToInt } from "./str-to-int.ts";
export type { DocumentFrequency, TermLimits } from "./term-limits.ts";
export type { TermOptions, TextOrTokens } from "./terms.ts";
export type { TfidfOptions } from "./tfidf.ts";
export { TfidfTransformer } from "./tfidf-transformer.ts";
export { TfidfVectorizer, type TfidfVectorizerOptions } from "./tfidf-vectorizer.ts";
export { type ToTypedArrayOptions, toTypedArray } from "./to-typed-array.ts";
export type { Token, Tokenizer } from "./tokenizer.ts";
export { type TrainBytePairEncodingOptions, trainBytePairEncoding } from "./train-byte-pair-encoding.ts";
export { truncate } from "./truncate.ts";
export { type VectorizeOptions, vectorize } from "./vectorize.ts";
export { Vocab, type VocabOptions } from "./vocab.ts";
export type { VocabJSON } from "./vocab-json.ts";
export { vocabTransform } from "./vocab-transform.ts";
