import { tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { commonOptions } from "../options/common-options.ts";
import { parseOptions } from "../options/parse.ts";
import { generateCommand, type Writer } from "./generate.ts";

const LETTERS = "abc.\n";

/** After a comes b, after b c; after c the end, or a line end if there is no end. */
function writer(stop: boolean): Writer {
  const next = [1, 2, stop ? 3 : 4, 0, 0];
  return {
    unit: "letters",
    read(prompt) {
      const ids = [...(prompt === "" ? "." : prompt)].map((letter) => LETTERS.indexOf(letter));
      if (ids.includes(-1)) throw new InputError(`--prompt: unknown letter in "${prompt}"`);
      return ids;
    },
    write: (token, before) => (before.endsWith("b") ? "-" : "") + LETTERS[token]!,
    source: () => (ids) => ({
      output: tensor(
        (ids.toArray() as number[]).map((id) => LETTERS.split("").map((_, k) => (k === next[id] ? 9 : 0))),
      ),
      state: undefined,
    }),
    ...(stop ? { stopTokens: [3] } : {}),
  };
}

async function run(model: Writer, input: string, ...args: string[]) {
  return (await runBoth(model, input, ...args)).pieces;
}

async function runBoth(model: Writer, input: string, ...args: string[]) {
  const pieces: string[] = [];
  let err = "";
  const command = generateCommand(() => model);
  const options = parseOptions(args, { ...command.options, ...commonOptions("here") });
  const chunks = async function* () {
    yield input;
  };
  await command.run(null, options, {
    out: { write: (text) => pieces.push(text) },
    err: { write: (text) => (err += text) },
    input: chunks(),
    env: {},
  });
  return { pieces, err };
}

describe("generate", () => {
  it("prints the prompt and then every token as it comes", async () => {
    const pieces = await run(writer(false), "", "--prompt=a", "--length=4", "--temperature=0");
    expect(pieces).toEqual(["a", "b", "-c", "\n", "a", "\n"]);
  });

  it("takes an empty prompt for none", async () => {
    const args = ["--length=4", "--temperature=0"];
    expect(await run(writer(false), "", "--prompt", "", ...args)).toEqual(
      await run(writer(false), "", ...args),
    );
  });

  it.each([
    [["dog"], 'the model does not know "dog", and reads it as unknown'],
    [["dog", "a\u001b", "dog"], 'the model does not know "dog", "a·", and reads them as unknown'],
    [[..."abcdefg"], 'the model does not know "a", "b", "c", "d", "e" and 2 more, and reads them as unknown'],
  ])("says which parts of the prompt it does not know: %j", async (unknown, message) => {
    const model: Writer = { ...writer(true), unknown: () => unknown };
    const { pieces, err } = await runBoth(model, "", "--prompt=a", "--temperature=0");
    expect(pieces.join("")).toBe("ab-c\n");
    expect(err).toBe(`--prompt: ${message}\n`);
  });

  it("stops where a text ends, and begins without a prompt with what begins a text", async () => {
    expect((await run(writer(true), "", "--temperature=0")).join("")).toBe("ab-c\n");
  });

  it("prints several branches one after the other", async () => {
    const args = ["--prompt=a", "--branches=2", "--temperature=0"];
    expect((await run(writer(true), "", ...args)).join("")).toBe("--- 1 of 2\nab-c\n\n--- 2 of 2\nab-c\n");
  });

  it("takes the prompt from standard input", async () => {
    expect((await run(writer(true), "ab\r\n", "--prompt=-", "--temperature=0")).join("")).toBe("ab-c\n");
  });

  it("prints one JSON document", async () => {
    const pieces = await run(writer(true), "", "--prompt=a", "--json", "--temperature=0", "--branches=2");
    expect(pieces).toHaveLength(1);
    const { texts, ...others } = JSON.parse(pieces[0]!);
    expect(others).toEqual({
      prompt: "a",
      unit: "letters",
      settings: { length: 300, temperature: 0, topK: 0, topP: 1, seed: 0 },
    });
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatchObject({ text: "b-c", tokens: 3, ended: "stop" });
    expect(texts[0].logProbability).toBeLessThanOrEqual(0);
  });

  it("writes the same with the same seed", async () => {
    const text = (...args: string[]) =>
      run(writer(false), "", "--temperature=5", "--length=50", ...args).then((pieces) => pieces.join(""));
    expect(await text("--seed=3")).toBe(await text("--seed=3"));
    expect(await text("--seed=3")).not.toBe(await text("--seed=4"));
    expect(await text("--seed=3", "--top-k=1")).toBe(await text("--temperature=0"));
  });

  it("refuses a prompt before it prints anything", async () => {
    const printed: string[] = [];
    const failing = run(writer(true), "", "--prompt=xyz").then((pieces) => printed.push(...pieces));
    await expect(failing).rejects.toThrow(new InputError('--prompt: unknown letter in "xyz"'));
    expect(printed).toEqual([]);
  });
});
