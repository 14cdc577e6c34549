import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { labelsOf } from "./labels.ts";

const examples = (...labels: string[]) => labels.map((label) => ({ text: "t", label }));

describe("labelsOf", () => {
  it("orders numbers by value and words by code unit", () => {
    expect(labelsOf(examples("10", "9", "-1", "9"), "f")).toEqual(["-1", "9", "10"]);
    expect(labelsOf(examples("pos", "neg", "Neutral", "0"), "f")).toEqual(["0", "Neutral", "neg", "pos"]);
  });

  it("refuses one single class", () => {
    expect(() => labelsOf(examples("1", "1"), "r.csv")).toThrow(
      new InputError(
        'r.csv: all 2 labels are "1"; a classifier needs at least two classes (is --label the right column?)',
      ),
    );
  });

  it("refuses a column that is no label", () => {
    expect(() => labelsOf(examples(...Array.from({ length: 201 }, (_, i) => `id ${i}`)), "r.csv")).toThrow(
      new InputError("r.csv: 201 different labels, at most 200 are supported (is --label the right column?)"),
    );
  });
});
