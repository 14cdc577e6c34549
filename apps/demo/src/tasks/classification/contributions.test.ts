import { Generator } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { explain } from "./contributions.ts";
import { TextClassifier } from "./model.ts";
import { logOddsOf } from "./objective.ts";
import { logitsOf } from "./predict.ts";
import { buildVocabulary } from "./text-task.ts";

const vocabulary = buildVocabulary(["not a good film"], { maxWords: 9, minCount: 1 });
const sizes = { embedding: 3, hidden: 4, layers: 1, directions: 2, pooling: "max", dropout: 0.5 } as const;

for (const labels of [
  ["bad", "good"],
  ["bad", "fair", "good"],
]) {
  describe(`explain with ${labels.length} classes`, () => {
    const task = { vocabulary, labels, maxLength: 10, threshold: 0 };
    const config = {
      ...sizes,
      kind: "recurrent",
      cell: "lstm",
      words: vocabulary.length,
      classes: labels.length,
    } as const;
    const model = new TextClassifier(config, new Generator(2)).eval();

    it("gives each token the log-odds that go with it", () => {
      const { prediction, contributions } = explain(model, task, "Not a strange film");
      const ids = (text: string) => text.split(" ").map((word) => vocabulary.lookupIndex(word));
      const logOdds = (text: string) => logOddsOf(logitsOf(model, [ids(text)])[0]!, prediction.target);
      const whole = logOdds("not a strange film");
      expect(contributions.map(({ token, known }) => [token, known])).toEqual([
        ["not", true],
        ["a", true],
        ["strange", false],
        ["film", true],
      ]);
      const without = ["a strange film", "not strange film", "not a film", "not a strange"];
      without.forEach((text, n) => {
        expect(contributions[n]!.contribution).toBeCloseTo(whole - logOdds(text), 5);
      });
    });

    it("compares a single token with a text of nothing known", () => {
      const { contributions } = explain(model, task, "film");
      expect(contributions).toHaveLength(1);
      expect(contributions[0]!.contribution).not.toBe(0);
      expect(explain(model, task, "unheard").contributions).toEqual([
        { token: "unheard", known: false, contribution: 0 },
      ]);
      expect(explain(model, task, "").contributions).toEqual([]);
    });
  });
}
