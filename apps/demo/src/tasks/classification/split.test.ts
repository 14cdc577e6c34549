import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { repeatedInTest, splitExamples, splitWithTest } from "./split.ts";

const examples = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ text: `text ${n}`, label: n % 2 === 0 ? "a" : "b" }));

describe("splitExamples", () => {
  it("divides 80/10/10, the same for the same seed, otherwise for another", () => {
    const { train, validation, test } = splitExamples(examples(100), 3, "f");
    expect([train.length, validation.length, test.length]).toEqual([80, 10, 10]);
    expect(new Set([...train, ...validation, ...test]).size).toBe(100);
    expect(splitExamples(examples(100), 3, "f")).toEqual({ train, validation, test });
    expect(splitExamples(examples(100), 4, "f").test).not.toEqual(test);
  });

  it("keeps equal texts together, whatever their labels", () => {
    const twice = [...examples(50), ...examples(50).map((each) => ({ ...each, label: "a" }))];
    for (let seed = 0; seed < 5; seed++) {
      const parts = splitExamples(twice, seed, "f");
      const texts = [parts.train, parts.validation, parts.test].map(
        (part) => new Set(part.map(({ text }) => text)),
      );
      expect(texts.map((set) => set.size)).toEqual([40, 5, 5]);
      expect(new Set(texts.flatMap((set) => [...set])).size).toBe(50);
    }
  });

  it("keeps groups together", () => {
    const films = examples(90).map((each, n) => ({ ...each, group: `film ${n % 30}` }));
    for (let seed = 0; seed < 5; seed++) {
      const parts = splitExamples(films, seed, "f");
      const groups = [parts.train, parts.validation, parts.test].map(
        (part) => new Set(part.map(({ group }) => group)),
      );
      expect(groups.map((set) => set.size)).toEqual([24, 3, 3]);
      expect(new Set(groups.flatMap((set) => [...set])).size).toBe(30);
    }
    const few = examples(90).map((each, n) => ({ ...each, group: `film ${n % 19}` }));
    expect(() => splitExamples(few, 0, "r.csv")).toThrow(
      new InputError("r.csv: only 19 different groups; at least 20 are needed to train, validate and test"),
    );
  });

  it("refuses too few texts", () => {
    expect(() => splitExamples([...examples(19), ...examples(19)], 0, "r.csv")).toThrow(
      new InputError("r.csv: only 19 different texts; at least 20 are needed to train, validate and test"),
    );
  });

  it("refuses a label that only other parts have", () => {
    const rare = examples(100);
    const where = splitExamples(rare, 0, "f").test[0]!;
    const relabelled = rare.map((each) => (each.text === where.text ? { ...each, label: "rare" } : each));
    expect(() => splitExamples(relabelled, 0, "r.csv")).toThrow(
      new InputError(
        'r.csv: no example with the label "rare" fell into the training part; give more of them, or leave them out',
      ),
    );
  });
});

describe("splitWithTest", () => {
  it("divides 90/10 and leaves the test part alone", () => {
    const test = examples(3);
    const parts = splitWithTest(examples(100), test, 0, "f", "g");
    expect([parts.train.length, parts.validation.length]).toEqual([90, 10]);
    expect(parts.test).toBe(test);
  });

  it("names the test file whose label the other file lacks", () => {
    const test = [...examples(2), { text: "text 3", label: "5" }];
    expect(() => splitWithTest(examples(100), test, 0, "train.csv", "test.csv")).toThrow(
      new InputError(
        'test.csv: no example in train.csv has its label "5"; add some there, or leave it out of the test',
      ),
    );
  });

  it("names the other file when its only examples of a label fell into the validation part", () => {
    const where = splitWithTest(examples(100), [], 0, "f", "g").validation[0]!;
    const rare = examples(100).map((each) => (each.text === where.text ? { ...each, label: "rare" } : each));
    expect(() => splitWithTest(rare, [{ text: "new", label: "rare" }], 0, "train.csv", "test.csv")).toThrow(
      new InputError(
        'train.csv: no example with the label "rare" fell into the training part; give more of them, or leave them out',
      ),
    );
  });
});

describe("repeatedInTest", () => {
  it("counts the test texts that are in another part as well", () => {
    const test = [...examples(3), { text: "new", label: "a" }];
    expect(repeatedInTest(splitWithTest(examples(100), test, 0, "f", "g"))).toBe(3);
    expect(repeatedInTest(splitExamples([...examples(50), ...examples(50)], 0, "f"))).toBe(0);
  });
});
