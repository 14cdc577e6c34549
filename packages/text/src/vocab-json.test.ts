import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Vocab } from "./vocab.ts";

const load = (json: unknown) => () => Vocab.fromJSON(json);
const good = { format: "rnn.vocab", version: 1, itos: ["<unk>", "a"], defaultIndex: 0 };

describe("Vocab as JSON", () => {
  test("has four members", () => {
    const vocab = new Vocab(["<unk>", "a"], { defaultIndex: 0 });
    expect(JSON.stringify(vocab)).toBe(
      '{"format":"rnn.vocab","version":1,"itos":["<unk>","a"],"defaultIndex":0}',
    );
  });

  test("comes back equal for any tokens and default index, through UTF-8 too", () => {
    const tokens = fc.uniqueArray(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("__proto__", "constructor", "", "\u0000", "\ud800", "\udfff"),
      ),
    );
    fc.assert(
      fc.property(tokens, fc.option(fc.integer()), (itos, defaultIndex) => {
        const bytes = new TextEncoder().encode(JSON.stringify(new Vocab(itos, { defaultIndex })));
        const vocab = Vocab.fromJSON(JSON.parse(new TextDecoder().decode(bytes)));
        expect(vocab.getItos()).toEqual(itos);
        expect(vocab.getDefaultIndex()).toBe(defaultIndex);
      }),
    );
  });
});

describe("Vocab.fromJSON refuses", () => {
  test.each<[unknown, string]>([
    [null, "expected an object, got null"],
    [["a"], "expected an object, got an array of 1"],
    ["{}", 'expected an object, got "{}"; pass JSON.parse(text)'],
    [{}, '"format" is missing'],
    [{ ...good, defaultIndex: undefined }, '"defaultIndex" must be null or a 32-bit integer, got undefined'],
    [{ format: "rnn.vocab", version: 1, itos: [] }, '"defaultIndex" is missing'],
    [Object.create(good), '"format" is missing'],
    [JSON.parse(`{"__proto__": 1, ${JSON.stringify(good).slice(1)}`), 'unexpected member "__proto__"'],
    [{ ...good, stoi: {} }, 'unexpected member "stoi"'],
    [{ ...good, format: "vocab" }, '"format" must be "rnn.vocab", got "vocab"'],
    [{ ...good, version: 2 }, '"version" must be 1, got 2'],
    [{ ...good, itos: "abc" }, '"itos" must be an array of strings, got "abc"'],
    [{ ...good, itos: { length: 1e9 } }, '"itos" must be an array of strings, got an object'],
    [{ ...good, itos: ["a", null] }, '"itos"[1] must be a string, got null'],
    [{ ...good, itos: ["a", "b", "a"] }, '"itos" has "a" twice, at 0 and 2'],
    [{ ...good, defaultIndex: "0" }, '"defaultIndex" must be null or a 32-bit integer, got "0"'],
    [{ ...good, defaultIndex: 1e10 }, '"defaultIndex" must be null or a 32-bit integer, got 10000000000'],
  ])("%j", (json, problem) => {
    expect(load(json)).toThrow(new TypeError(`Vocab.fromJSON: ${problem}`));
  });
});
