import { expect, it } from "vitest";
import { helpText } from "./help.ts";

it("puts descriptions beside the options, in lines that fit; below those that are too long", () => {
  const table = {
    name: {
      kind: "text",
      shown: "TEXT",
      default: "you",
      help: "whom to greet, in as many words as it takes",
    },
    kind: {
      kind: "choice",
      choices: ["warmly", "politely", "not-at-all"],
      default: "warmly",
      help: "how",
    },
    task: { kind: "choice", choices: ["a", "b"], shown: "NAME", default: "a", help: "what" },
    times: { kind: "whole", min: 1, max: 3, default: 1, help: "how often" },
    loud: { kind: "flag", help: "shout" },
  } as const;
  const page = {
    title: "Greets.",
    usage: ["greet [OPTIONS]"],
    groups: [["options", table] as const],
    examples: ["greet", "npm start -- greet --name 'Ann Lee' --loud --times 3 --kind not-at-all -v"],
  };
  expect(helpText(page, 50)).toBe(`Greets.

usage
  greet [OPTIONS]

options
  --name TEXT  whom to greet, in as many words as
               it takes (you)
  --kind warmly|politely|not-at-all
               how (warmly)
  --task NAME  what (a)
  --times N    how often (1)
  --loud       shout

examples
  greet
  npm start -- greet --name 'Ann Lee' --loud \\
      --times 3 --kind not-at-all -v
`);
});
