import { corpusBleu } from "@rnn/train/metrics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");

/** The scores of sacreBLEU's own tests, of commit 2ae1366 of github.com/mjpost/sacrebleu (Apache 2.0): numbers and their inputs. */
describe("the scores that sacreBLEU expects of itself", () => {
  const hypotheses = ["The dog bit the man.", "It wasn't surprising.", "The man had just bitten him."];
  const references = [
    ["The dog bit the man.", "The dog had bit the man."],
    ["It was not unexpected.", "No one was surprised."],
    ["The man bit him first.", "The man had bitten the dog."],
  ];
  const corpus = (cut: (text: string) => string[], options = {}) =>
    corpusBleu(
      hypotheses.map(cut),
      references.map((each) => each.map(cut)),
      options,
    ).score;

  it("of words cut at spaces", () => {
    expect(corpus(words)).toBeCloseTo(49.1919566, 7);
  });

  it("of words with the full stop cut off", () => {
    const cut = (text: string) => words(text.replace(".", " ."));
    expect(corpus(cut)).toBeCloseTo(48.530827, 6);
    expect(corpus(cut, { smoothMethod: "none" })).toBeCloseTo(48.530827, 6);
  });

  it("of empty hypotheses, which are not left out", () => {
    const empty = corpusBleu(
      hypotheses.map(() => []),
      references.map((each) => each.map(words)),
    );
    expect(empty).toMatchObject({ score: 0, brevityPenalty: 0, hypothesisLength: 0, totals: [0, 0, 0, 0] });
  });

  it.each([
    [["this is a test"], ["this is a test"], 100],
    [["this is a fest"], ["this is a test"], 22.3606797749979],
    [["test"], ["a test"], 36.78794411714425],
    [["a test"], ["a test"], 100],
    [["a little test"], ["a test"], 3.218297948685433],
  ])("%j beside %j, floor 0.01 and orders that occur", (texts, people, score) => {
    const options = { smoothMethod: "floor", smoothValue: 0.01, effectiveOrder: true } as const;
    const found = corpusBleu(
      texts.map(words),
      people.map((text) => [words(text)]),
      options,
    );
    expect(found.score).toBeCloseTo(score, 8);
  });

  it("of characters: counts, and floors of 0.1 and 0", () => {
    const text = words("am I am a character sequence");
    const person = words("I am a symbol string sequence a a");
    const floored = corpusBleu([text], [[person]], { smoothMethod: "floor" });
    expect([floored.matches, floored.totals]).toEqual([
      [4, 2, 1, 0],
      [6, 5, 4, 3],
    ]);
    expect(floored.score).toBeCloseTo(15.55722182, 7);
    expect(corpusBleu([text], [[person]], { smoothMethod: "floor", smoothValue: 0 }).score).toBe(0);
  });
});

describe("corpusBleu", () => {
  it("counts an n-gram at most as often as a reference has it (the example of Papineni et al. 2002)", () => {
    const references = [words("the cat is on the mat"), words("there is a cat on the mat")];
    const { matches, totals } = corpusBleu([words("the the the the the the the")], [references]);
    expect([matches[0], totals[0]]).toEqual([2, 7]);
  });

  it("penalises what is too short by exp(1 - r / c), with the nearest length, of two the shorter", () => {
    const references = [words("a b c d e f g h"), words("a b c d")];
    const { score, brevityPenalty, referenceLength } = corpusBleu([words("a b c d e f")], [references]);
    expect([referenceLength, brevityPenalty]).toEqual([4, 1]);
    expect(score).toBe(100);
    const short = corpusBleu([words("a b c d")], [[words("a b c d e f")]]);
    expect(short.brevityPenalty).toBeCloseTo(Math.exp(-0.5), 15);
    expect(short.score).toBeCloseTo(100 * Math.exp(-0.5), 12);
  });

  it("halves the precision of one match for each order without a match", () => {
    // matches 2 of 4, 0 of 3, 0 of 2, 0 of 1
    const found = corpusBleu([words("a x c y")], [[words("a b c d")]]);
    expect(found.precisions).toEqual([50, 100 / 6, 100 / 8, 100 / 8]);
    expect(found.score).toBeCloseTo((50 * (100 / 6) * 12.5 * 12.5) ** (1 / 4), 12);
    expect(corpusBleu([words("a x c y")], [[words("a b c d")]], { smoothMethod: "none" }).score).toBe(0);
  });

  it("adds up counts over the corpus, so it is not the mean of the sentences", () => {
    const texts = [words("a b c d e"), words("a b x d e f")];
    const people = [[words("a b c d e")], [words("a b c d e f")]];
    const { matches, totals, score } = corpusBleu(texts, people);
    expect([matches, totals]).toEqual([
      [10, 7, 4, 2],
      [11, 9, 7, 5],
    ]);
    expect(score).toBeCloseTo(100 * ((10 / 11) * (7 / 9) * (4 / 7) * (2 / 5)) ** (1 / 4), 10);
  });

  it("tells n-grams apart whatever characters tokens have", () => {
    const { matches, score } = corpusBleu([["a b", "c"]], [[["a", "b c"]]], { maxNgramOrder: 2 });
    expect([matches, score]).toEqual([[0, 0], 0]);
  });

  it("is 100 for the references themselves, 0 to 100 otherwise, whatever the order of the references", () => {
    const sentence = fc.array(fc.constantFrom("a", "b", "c", "__proto__"), { minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(sentence, sentence, sentence, (text, one, other) => {
        expect(corpusBleu([text], [[one, text]]).score).toBe(100);
        const { score } = corpusBleu([text], [[one, other]]);
        expect(corpusBleu([text], [[other, one]]).score).toBe(score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100 + 1e-10);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});

describe("corpusBleu refuses", () => {
  const refusal = (texts: unknown, people: unknown, options?: object) => () =>
    corpusBleu(texts as string[][], people as string[][][], options);

  it.each([
    [
      ["the cat"],
      [[["the", "cat"]]],
      'corpusBleu: hypotheses[0] must be a list of tokens, got "the cat"; cut the text into tokens',
    ],
    [
      [["the", "cat"]],
      [["the", "cat"]],
      'corpusBleu: references[0][0] must be a list of tokens, got "the"; cut the text into tokens',
    ],
    [[["a"]], ["a"], 'corpusBleu: references[0] must be a list of token lists, got "a"'],
    [[["a", 1]], [[["a"]]], "corpusBleu: hypotheses[0][1] must be a string, got 1"],
    ["a", [], 'corpusBleu: hypotheses must be a list of token lists, got "a"'],
  ])("%j with %j", (texts, people, message) => {
    expect(refusal(texts, people)).toThrow(new TypeError(message));
  });

  it("numbers of sentences that do not fit", () => {
    expect(refusal([["a"], ["b"]], [[["a"]]])).toThrow(
      new RangeError("corpusBleu: there are 2 hypotheses, but references for 1"),
    );
    expect(refusal([["a"]], [[]])).toThrow(new RangeError("corpusBleu: references[0] has no reference"));
  });

  it("options out of range or unknown", () => {
    const one = [["a"]];
    expect(refusal(one, [one], { maxNgramOrder: 0 })).toThrow(
      new RangeError("corpusBleu: maxNgramOrder must be an integer >= 1, got 0"),
    );
    expect(refusal(one, [one], { smoothMethod: "add-k" })).toThrow(
      new RangeError('corpusBleu: smoothMethod must be "exp" or "floor" or "none", got "add-k"'),
    );
    expect(refusal(one, [one], { smoothValue: -1 })).toThrow(
      new RangeError("corpusBleu: smoothValue must be a finite number >= 0, got -1"),
    );
    expect(refusal(one, [one], { smooth: "exp" })).toThrow(
      new TypeError(
        'corpusBleu: unknown option "smooth" (did you mean "smoothMethod"?); options are maxNgramOrder, smoothMethod, smoothValue, effectiveOrder',
      ),
    );
  });
});
