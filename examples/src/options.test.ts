import { describe, expect, it } from "vitest";
import { choicesOf, describeOptions, numbersOf, readOptions, UsageError } from "./options.ts";
import { percent, table } from "./table.ts";

const defaults = { hiddenSize: 8, seed: 0, data: "", attention: true, quiet: false };

describe("readOptions", () => {
  it("gives each option the kind of its default", () => {
    expect(readOptions([], defaults)).toEqual(defaults);
    const args = ["--hidden-size", "1e2", "--data=a b", "--no-attention", "--quiet"];
    expect(readOptions(args, defaults)).toEqual({
      hiddenSize: 100,
      seed: 0,
      data: "a b",
      attention: false,
      quiet: true,
    });
  });

  it.each([
    [["--hidden", "3"], "Unknown option '--hidden'"],
    [["--hidden-size", "many"], '--hidden-size needs a number, got "many"'],
    [["--hidden-size="], '--hidden-size needs a number, got ""'],
    [["--data"], "Option '--data <value>' argument missing"],
    [["--hidden-size", "-1"], "--hidden-size needs a number above 0, got -1"],
    [["--hidden-size", "0"], "--hidden-size needs a number above 0, got 0"],
    [["--seed", "-.5"], "--seed needs a number from 0 on, got -0.5"],
    [["file.txt"], "Unexpected argument 'file.txt'"],
  ])("says what is wrong with %j", (args, message) => {
    expect(() => readOptions(args, defaults)).toThrow(new UsageError(message));
  });
});

it("reads lists of numbers and of choices", () => {
  expect(numbersOf("lengths", "100, 2e2")).toEqual([100, 200]);
  expect(() => numbersOf("lengths", "100,")).toThrow(new UsageError('--lengths needs a number, got ""'));
  expect(choicesOf("cells", "lstm, gru", ["gru", "lstm"])).toEqual(["lstm", "gru"]);
  expect(() => choicesOf("cells", "mlp", ["gru", "lstm"])).toThrow(
    new UsageError('--cells takes gru, lstm, got "mlp"'),
  );
});

it("describes options with their defaults, and what is on by how to turn it off", () => {
  const help = {
    hiddenSize: "units",
    seed: "of all",
    data: "file",
    attention: "look at nothing",
    quiet: "say nothing",
  };
  expect(describeOptions(defaults, help).split("\n")).toEqual([
    "  --hidden-size NUMBER  units (8)",
    "  --seed NUMBER         of all (0)",
    "  --data STRING         file",
    "  --no-attention        look at nothing",
    "  --quiet               say nothing",
  ]);
});

it("prints tables with numbers to the right", () => {
  expect(
    table(
      ["who", "share"],
      [
        ["a", percent(0.5)],
        ["bcde", percent(0.0512)],
      ],
    ).split("\n"),
  ).toEqual(["who   share", "----  -----", "a     50.0%", "bcde   5.1%"]);
});
