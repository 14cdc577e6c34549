import {
  basicEnglish,
  buildVocabFromIterator,
  CountVectorizer,
  oneHot,
  splitWords,
  Vocab,
  vectorize,
} from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "./fixtures/lecture.json" with { type: "json" };

const example = (kind: string) => {
  const found = fixture.cases.find((c) => c.kind === kind);
  if (found === undefined) throw new Error(`no example of kind ${kind}`);
  return found;
};

describe("the lecture's text to numbers", () => {
  const { config, outputs } = example("lecture:vocab");
  const documents = config.documents;
  const vocab = buildVocabFromIterator(documents.map(basicEnglish), {
    maxTokens: config.max_tokens,
    specials: config.specials,
  });
  vocab.setDefaultIndex(vocab.lookupIndex("<unk>"));

  test("A2: basic_english lower-cases and splits the two samples", () => {
    expect(documents.map(basicEnglish)).toEqual([
      ["we", "are", "learning", "ai"],
      ["ai", "is", "a", "cs", "topic"],
    ]);
  });

  test("A3: a vocabulary of eight tokens, <unk> and <pad> first", () => {
    expect(vocab.getItos()).toEqual(outputs.itos);
    expect(Object.fromEntries(vocab.getStoi())).toEqual({
      "<unk>": 0,
      "<pad>": 1,
      ai: 2,
      a: 3,
      are: 4,
      cs: 5,
      is: 6,
      learning: 7,
    });
  });

  test("A4: vectorize pads the first sample, keeps the second and truncates the new one", () => {
    const texts = [...documents, ...(config.extra_documents ?? [])];
    const ids = texts.map((text) => [...vectorize(text, vocab, config.length ?? 0)]);
    expect(ids).toEqual(outputs.ids);
    expect(ids).toEqual([
      [0, 4, 7, 2, 1],
      [2, 6, 3, 5, 0],
      [2, 0, 0, 5, 6],
    ]);
  });
});

describe("the lecture's bag of words", () => {
  const { config, outputs } = example("lecture:bag_of_words");
  const documents = config.documents;

  test("A6: the design matrix of three sentences over nine words", () => {
    const vectorizer = new CountVectorizer();
    const counts = vectorizer.fitTransform(documents);
    expect(vectorizer.vocab.getItos()).toEqual(outputs.columns);
    expect(counts.toArray()).toEqual(outputs.counts);
    expect([...counts.toDense()]).toEqual(outputs.counts?.flat());
    expect(counts.values.length).toBe(17);
  });

  test("A6: the order of words is lost", () => {
    const counts = new CountVectorizer()
      .fitTransform(["has not seen is good", "has seen is not good"])
      .toArray();
    expect(counts[0]).toEqual(counts[1]);
  });

  test("A7: sentences as indices of a vocabulary from <unk> 0 to <pad> 10", () => {
    const words = new CountVectorizer().fit(documents).vocab;
    const vocab = new Vocab(["<unk>", ...words, "<pad>"], { defaultIndex: config.unk_index ?? null });
    expect(vocab.lookupIndex("<pad>")).toBe(config.pad_index);
    const sequences = documents.map((text) => [...vectorize(splitWords(text.toLowerCase()), vocab, 14)]);
    expect(sequences).toEqual(outputs.sequences);
    expect(sequences[0]?.slice(0, 5)).toEqual([7, 5, 2, 4, 10]);
  });

  test("A7: one-hot rows times the embedding matrix are its rows, so a lookup will do", () => {
    const embedding = Array.from({ length: 11 }, (_, id) => [id + 0.1, 2.5 - id, 1.5 * id, -id]);
    embedding[7] = [7.1, 2.5, 1.5, 1.5];
    const ids = [7, 5, 2, 4, 10];
    const rows = oneHot(ids, 11);
    const products = ids.map((_, n) =>
      [0, 1, 2, 3].map((e) =>
        embedding.reduce((sum, row, id) => sum + (rows[n * 11 + id] as number) * (row[e] as number), 0),
      ),
    );
    expect(products).toEqual(ids.map((id) => embedding[id]));
    expect(products[0]).toEqual([7.1, 2.5, 1.5, 1.5]);
  });
});
