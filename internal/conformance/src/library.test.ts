import { describe, expect, test } from "vitest";
import { needOption } from "./features.ts";
import { absent, find, need } from "./library.ts";
import { NotApplicable } from "./verdict.ts";

describe("need", () => {
  test("gives the first function that is exported", () => {
    expect(need("text", "noSuchFunction", "vectorize")).toBe(find("text", "vectorize"));
  });

  test("says which exports are absent", () => {
    expect(() => need("nn", "noSuchFunction", "norThis")).toThrow(
      new NotApplicable("@rnn/nn exports no noSuchFunction or norThis"),
    );
    expect(() => need("nn", "constructor")).toThrow(NotApplicable);
  });
});

test("absent is a failure as soon as the feature is there", () => {
  expect(() => absent("text", "noSuchFunction")).toThrow(NotApplicable);
  expect(() => absent("text", "vectorize")).toThrow(
    new Error("@rnn/text exports vectorize now, and the adapter does not use it yet"),
  );
});

describe("needOption", () => {
  test("asks once and remembers", () => {
    let asked = 0;
    const probe = () => ++asked > 0;
    needOption("option a", probe);
    needOption("option a", probe);
    expect(asked).toBe(1);
  });

  test("an option without effect, or refused, is absent", () => {
    expect(() => needOption("option b", () => false)).toThrow(new NotApplicable("there is no option b"));
    const refuse = () => {
      throw new TypeError("unknown option");
    };
    expect(() => needOption("option c", refuse)).toThrow(new NotApplicable("there is no option c"));
  });
});
