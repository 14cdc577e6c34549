import { describe, expect, test } from "vitest";
import { addToken } from "./add-token.ts";

describe("addToken", () => {
  test("adds at the beginning or at the end", () => {
    expect(addToken("x")(["a", "b"])).toEqual(["x", "a", "b"]);
    expect(addToken(0, { begin: false })([1, 2])).toEqual([1, 2, 0]);
    expect(addToken(0)([])).toEqual([0]);
    expect(addToken(0, { begin: undefined })([[], [1]])).toEqual([[0], [0, 1]]);
  });

  test("refuses a token that is neither string nor number", () => {
    expect(() => addToken(["<bos>"] as never)).toThrow(
      new TypeError("addToken: token must be a string or a number, got an array of 1"),
    );
  });
});
