import { CountVectorizer, splitWords } from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/scikit-learn-tests.json" with { type: "json" };

describe("what scikit-learn's own tests assert", () => {
  for (const { id, docs, text, options, expected } of fixture.cases) {
    test(id, () => {
      if (text !== undefined) {
        expect(splitWords(text.toLowerCase())).toEqual(expected.tokens);
        return;
      }
      const vectorizer = new CountVectorizer({ tokenizer: (t) => [...t], binary: options.binary });
      expect(vectorizer.fitTransform(docs ?? []).toArray()).toEqual(expected.counts);
      expect(vectorizer.vocab.getItos()).toEqual(expected.feature_names);
    });
  }
});
