import { CountVectorizer, type DocumentFrequency, type SparseMatrix, splitWords } from "@rnn/text";
import { type PeerAdapter, peer } from "../../adapter.ts";
import type { Judge } from "../../judge.ts";

interface CountVectorizerCase {
  readonly docs: string[];
  /** Further texts, counted with the columns of `docs`. */
  readonly transform?: string[];
  /** A text that is only to be analysed. */
  readonly text?: string;
  readonly options: {
    readonly analyzer: "word" | "char";
    readonly binary?: boolean;
    /** A share of the texts, such as "1.0", or a number of texts. */
    readonly max_df?: string | number;
    readonly min_df?: string | number;
    readonly max_features?: number;
  };
  readonly expected: {
    readonly feature_names?: string[];
    readonly vocabulary_set?: string[];
    readonly vocabulary_size?: number;
    readonly not_in_vocabulary?: string[];
    readonly counts?: number[][];
    readonly column_sums?: number[];
    readonly tokens?: string[];
    readonly fit_counts?: TermCount[];
    readonly transform_counts?: TermCount[];
  };
}

interface TermCount {
  readonly doc: number;
  readonly term: string;
  readonly count: number;
}

/** kind `count_vectorizer`: bags of words or characters by scikit-learn's conventions. */
export const countVectorizerCase: PeerAdapter = peer<CountVectorizerCase>((c, { judge }) => {
  const { expected, options } = c;
  if (c.text !== undefined) {
    judge.same("tokens", splitWords(c.text.toLowerCase()), expected.tokens);
    return;
  }
  const vectorizer = makeVectorizer(options);
  const counts = vectorizer.fitTransform(c.docs);
  judgeColumns(judge, vectorizer, expected);
  const rows = counts.toArray();
  if (expected.counts) judge.same("counts", rows, expected.counts);
  if (expected.column_sums) judge.same("column sums", columnSums(rows), expected.column_sums);
  if (expected.fit_counts) judgeTerms(judge, "counts", vectorizer, counts, expected.fit_counts);
  if (expected.transform_counts) {
    judgeTerms(
      judge,
      "transformed",
      vectorizer,
      vectorizer.transform(c.transform ?? []),
      expected.transform_counts,
    );
  }
});

function makeVectorizer(options: CountVectorizerCase["options"]): CountVectorizer {
  const { analyzer, binary, max_df, min_df, max_features: maxFeatures } = options;
  return new CountVectorizer({
    analyzer,
    binary,
    minDf: frequency(min_df),
    maxDf: frequency(max_df),
    maxFeatures,
  });
}

/** Shares were kept apart from numbers of texts when the file was read. */
function frequency(limit: string | number | undefined): DocumentFrequency | undefined {
  if (limit === undefined) return undefined;
  return typeof limit === "string" ? { fraction: Number(limit) } : { count: limit };
}

function judgeColumns(
  judge: Judge,
  { vocab }: CountVectorizer,
  expected: CountVectorizerCase["expected"],
): void {
  const { feature_names, vocabulary_set, vocabulary_size, not_in_vocabulary = [] } = expected;
  if (feature_names) judge.same("columns", vocab.getItos(), feature_names);
  if (vocabulary_set) judge.same("columns", [...vocab.getItos()].sort(), [...vocabulary_set].sort());
  if (vocabulary_size !== undefined) judge.same("number of columns", vocab.length, vocabulary_size);
  for (const term of not_in_vocabulary) judge.same(`"${term}" is a column`, vocab.contains(term), false);
}

function judgeTerms(
  judge: Judge,
  what: string,
  { vocab }: CountVectorizer,
  counts: SparseMatrix,
  wanted: readonly TermCount[],
): void {
  const rows = counts.toArray();
  for (const { doc, term, count } of wanted) {
    judge.same(`${what}, text ${doc}, "${term}"`, rows[doc]?.[vocab.lookupIndex(term)], count);
  }
}

function columnSums(rows: readonly number[][]): number[] {
  return (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] as number), 0));
}
