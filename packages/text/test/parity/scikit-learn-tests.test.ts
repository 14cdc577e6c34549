import { expectClose } from "@internal/testing";
import {
  CountVectorizer,
  type CountVectorizerOptions,
  SparseMatrix,
  splitWords,
  TfidfTransformer,
} from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/scikit-learn-tests.json" with { type: "json" };

interface TermCount {
  readonly doc: number;
  readonly term: string;
  readonly count: number;
}

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly docs?: string[];
  readonly transform?: string[];
  readonly text?: string;
  readonly options: {
    readonly analyzer: "word" | "char";
    readonly binary?: boolean;
    readonly min_df?: CountVectorizerOptions["minDf"];
    readonly max_df?: CountVectorizerOptions["maxDf"];
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

const cases = (fixture.cases as unknown as readonly Case[])
  .filter((c) => c.kind === "count_vectorizer")
  .map((c) => [c.id, c] as const);

const sums = (rows: number[][]) => rows.reduce((sum, row) => sum.map((s, i) => s + (row[i] as number)));

describe("what scikit-learn's own tests assert", () => {
  test.each(cases)("%s", (_, { docs = [], text, options, expected, ...c }) => {
    if (text !== undefined) {
      expect(splitWords(text.toLowerCase())).toEqual(expected.tokens);
      return;
    }
    const { analyzer, binary, min_df: minDf, max_df: maxDf, max_features: maxFeatures } = options;
    const vectorizer = new CountVectorizer({ analyzer, binary, minDf, maxDf, maxFeatures });
    const counts = vectorizer.fitTransform(docs);
    const terms = vectorizer.vocab.getItos();
    const ofTerms = (matrix: SparseMatrix, wanted: readonly TermCount[]) =>
      wanted.map(({ doc, term }) => ({
        doc,
        term,
        count: matrix.toArray()[doc]?.[vectorizer.vocab.lookupIndex(term)],
      }));

    if (expected.feature_names) expect(terms).toEqual(expected.feature_names);
    if (expected.vocabulary_set) expect(new Set(terms)).toEqual(new Set(expected.vocabulary_set));
    if (expected.vocabulary_size) expect(terms.length).toBe(expected.vocabulary_size);
    for (const term of expected.not_in_vocabulary ?? []) expect(terms).not.toContain(term);
    if (expected.counts) expect(counts.toArray()).toEqual(expected.counts);
    if (expected.column_sums) expect(sums(counts.toArray())).toEqual(expected.column_sums);
    if (expected.fit_counts) expect(ofTerms(counts, expected.fit_counts)).toEqual(expected.fit_counts);
    if (expected.transform_counts) {
      const others = vectorizer.transform(c.transform ?? []);
      expect(ofTerms(others, expected.transform_counts)).toEqual(expected.transform_counts);
    }
    expect.hasAssertions();
  });

  const tfidf = fixture.cases.filter((c) => c.kind === "tfidf").map((c) => [c.id, c] as const);

  test.each(tfidf)("%s", (_, { counts = [], criterion, options }) => {
    const transformer = new TfidfTransformer({ smoothIdf: options.smooth_idf, norm: "l2" });
    const rows = transformer.fitTransform(SparseMatrix.fromArray(counts)).toArray();
    expect(rows.flat().every((weight) => weight >= 0)).toBe(criterion?.all_ge_0);
    const squares = rows.map((row) => row.reduce((sum, weight) => sum + weight * weight, 0));
    expectClose(squares, criterion?.row_sum_of_squares ?? []);
  });
});
