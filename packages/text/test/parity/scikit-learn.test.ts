import { expectClose } from "@internal/testing";
import { CountVectorizer, TfidfVectorizer, type TfidfVectorizerOptions } from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/scikit-learn.json" with { type: "json" };

const ofKind = (kind: string) =>
  fixture.cases.filter((c) => c.kind === kind).map((c) => [c.name, c] as const);

/** The options of a case; its regular expressions are written as Python has them. */
function optionsOf({ options }: { options: object }): TfidfVectorizerOptions {
  const { tokenPattern, ...others } = options as Omit<TfidfVectorizerOptions, "tokenPattern"> & {
    tokenPattern?: string;
  };
  if (tokenPattern === undefined) return others;
  return { ...others, tokenPattern: new RegExp(tokenPattern.replaceAll("\\w", "[\\p{L}\\p{N}_]"), "u") };
}

describe("scikit-learn", () => {
  test.each(ofKind("counts"))("%s", (_, c) => {
    const vectorizer = new CountVectorizer(optionsOf(c));
    expect(vectorizer.fitTransform(fixture.texts).toArray()).toEqual(c.fitted);
    expect(vectorizer.vocab.getItos()).toEqual(c.terms);
    expect(vectorizer.transform(fixture.others).toArray()).toEqual(c.transformed);
    // in two passes, and with the columns given
    const twice = new CountVectorizer(optionsOf(c)).fit(fixture.texts);
    expect(twice.transform(fixture.texts).toArray()).toEqual(c.fitted);
  });

  test.each(ofKind("tfidf"))("%s", (_, c) => {
    const vectorizer = new TfidfVectorizer(optionsOf(c));
    const fitted = vectorizer.fitTransform(fixture.texts);
    expect(vectorizer.vocab.getItos()).toEqual(c.terms);
    expectClose(fitted.toDense(), c.fitted.flat());
    expectClose(vectorizer.transform(fixture.others).toDense(), c.transformed.flat());
    expect(vectorizer.fit(fixture.texts).transform(fixture.texts)).toEqual(fitted);
  });
});
