import { basicEnglish, buildVocabFromIterator, labelToIndex, toTypedArray, vocabTransform } from "@rnn/text";
import { csvParse } from "d3-dsv";
import { expect, test } from "vitest";

test("rows of a CSV parser become padded ids and class numbers", () => {
  const rows = csvParse<"text" | "label">('text,label\n"A ""good"" film,\nmostly",pos\nA bad film,neg\n');
  const tokens = rows.map((row) => basicEnglish(row.text));
  const vocab = buildVocabFromIterator(tokens, { specials: ["<pad>"] });
  const { data, shape } = toTypedArray({ padIndex: 0 })(vocabTransform(vocab)(tokens));
  expect(vocab.lookupTokens(data)).toEqual([
    ...["a", "good", "film", ",", "mostly"],
    ...["a", "bad", "film", "<pad>", "<pad>"],
  ]);
  expect(shape).toEqual([2, 5]);
  expect(labelToIndex(["neg", "pos"])(rows.map((row) => row.label))).toEqual([1, 0]);
});
