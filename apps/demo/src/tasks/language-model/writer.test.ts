import { Generator } from "@rnn/tensor";
import { generate } from "@rnn/train/generation";
import { describe, expect, test } from "vitest";
import { InputError } from "../../errors.ts";
import { LanguageModel } from "./model.ts";
import { type UnitName, vocabularyOf } from "./text-units.ts";
import { writerOf } from "./writer.ts";

function writer(units: UnitName, vocabulary: string[]) {
  const config = {
    cell: "lstm",
    tokens: vocabulary.length,
    embedding: 4,
    hidden: 4,
    layers: 1,
    dropout: 0,
    tied: false,
  } as const;
  const model = new LanguageModel(config, new Generator(1)).eval();
  const note = { data: "", seed: 0, epochs: 0, metrics: {} };
  return writerOf({ model, units, vocabulary: vocabularyOf(vocabulary, units), note });
}

describe("a language model that writes", () => {
  test("characters: begins as after the end of a line, and refuses what it does not know", () => {
    const { read, write, suppressTokens } = writer("characters", ["a", "\n", "b"]);
    expect(read("ab")).toEqual([0, 2]);
    expect(read("")).toEqual([1]);
    expect(() => read("aé")).toThrow(
      new InputError('--prompt: the model does not know the character "é"; inspect shows those it knows'),
    );
    expect(write(2, "a")).toBe("b");
    expect(suppressTokens).toEqual([]);
    expect(writer("characters", ["a", "b"]).read("")).toEqual([0]);
  });

  test("words: reads unknown ones as such, never writes them, and puts spaces between", () => {
    const { read, write, suppressTokens, unknown } = writer("words", ["<eos>", "<unk>", "the", "cat"]);
    expect(read("the dog\nthe")).toEqual([2, 1, 0, 2]);
    expect(unknown?.("the dog\nthe bird")).toEqual(["dog", "bird"]);
    expect(unknown?.("the\n")).toEqual([]);
    expect(read("")).toEqual([0]);
    expect(read(" ")).toEqual([0]);
    expect([write(3, "the"), write(3, "the\n"), write(0, "the")]).toEqual([" cat", "cat", "\n"]);
    expect(suppressTokens).toEqual([1]);
  });

  test("is a source of tokens", async () => {
    const { source, read } = writer("characters", ["a", "\n", "b"]);
    let count = 0;
    for await (const { token } of generate(source(), {
      prompt: read("ab"),
      maxNewTokens: 9,
      branches: 2,
      seed: 1,
    })) {
      expect([0, 1, 2]).toContain(token);
      count++;
    }
    expect(count).toBe(18);
  });
});
