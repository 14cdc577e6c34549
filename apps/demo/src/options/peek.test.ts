import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { peekOption } from "./parse.ts";

const COMMON = {
  model: { kind: "text", shown: "PATH", default: "here", help: "" },
  help: { kind: "flag", help: "" },
} as const;
const ONE = { text: { kind: "text", shown: "COLUMN", help: "" } } as const;
const OTHER = { horizon: { kind: "whole", min: 1, max: 9, default: 1, help: "" } } as const;
const peek = (...args: string[]) => peekOption(args, "model", [COMMON, ONE, OTHER]);

describe("peekOption", () => {
  it("finds the last value, the names and the wish for help, and does not judge other values", () => {
    expect(peek()).toEqual({ value: undefined, help: false, given: [] });
    expect(peek("--model", "a", "--horizon", "x", "--model=b", "-h", "operand", "--", "--text")).toEqual({
      value: "b",
      help: true,
      given: ["model", "horizon", "model", "help"],
    });
  });

  it.each<[args: string[], message: string]>([
    [["--modle", "a"], "--modle: unknown option (did you mean --model?); see --help"],
    [["--horizont", "3"], "--horizont: unknown option (did you mean --horizon?); see --help"],
    [["--model"], "--model: needs a value: --model PATH"],
    [["--model", "--text"], "--model: needs a value: --model PATH"],
  ])("%j: %s", (args, message) => {
    expect(() => peek(...args)).toThrow(new InputError(message));
  });
});
