import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { TRAIN_OPTIONS } from "../tasks/classification/train-options.ts";
import { commonOptions } from "./common-options.ts";
import { parseOptions } from "./parse.ts";

const TABLE = { ...TRAIN_OPTIONS, ...commonOptions("models/here") };
const parse = (...args: string[]) => parseOptions(args, TABLE);

describe("parseOptions", () => {
  it("gives defaults for what is absent", () => {
    const { values, given, positionals } = parse();
    expect(values).toMatchObject({ cell: "gru", hidden: 64, seed: 0, data: undefined, help: false });
    expect(given.size).toBe(0);
    expect(positionals).toEqual([]);
  });

  it("reads both spellings of a value, and positionals after --", () => {
    const { values, given, positionals } = parse("--hidden", "32", "--learning-rate=1e-3", "a", "--", "--b");
    expect(values).toMatchObject({ hidden: 32, "learning-rate": 0.001 });
    expect([...given]).toEqual(["hidden", "learning-rate"]);
    expect(positionals).toEqual(["a", "--b"]);
  });

  it("knows -h", () => {
    expect(parse("-h").values.help).toBe(true);
  });

  it.each<[args: string[], message: string]>([
    [["--hiden", "3"], "--hiden: unknown option (did you mean --hidden?); see --help"],
    [["--frobnicate"], "--frobnicate: unknown option; see --help"],
    [["--__proto__", "1"], "--__proto__: unknown option; see --help"],
    [["-t"], "-t: unknown option; see --help"],
    [["--hidden"], "--hidden: needs a value: a whole number from 1 to 1024"],
    [["--data", "--text", "a"], "--data: needs a value: --data FILE"],
    [["--model="], "--model: needs a value: --model PATH"],
    [["--hidden", "x"], '--hidden: expected a whole number from 1 to 1024, got "x"'],
    [["--hidden", "0"], '--hidden: expected a whole number from 1 to 1024, got "0"'],
    [["--hidden", "1.5"], '--hidden: expected a whole number from 1 to 1024, got "1.5"'],
    [["--seed", "-1"], '--seed: expected a whole number from 0 to 4294967295, got "-1"'],
    [["--dropout", "1"], '--dropout: expected a number from 0 to 0.95, got "1"'],
    [["--learning-rate", "NaN"], '--learning-rate: expected a number from 1e-8 to 10, got "NaN"'],
    [["--cell", "GRU"], '--cell: expected rnn, lstm or gru, got "GRU"'],
    [["--help=yes"], '--help: takes no value, got "yes"'],
  ])("%j: %s", (args, message) => {
    expect(() => parse(...args)).toThrow(new InputError(message));
  });
});
