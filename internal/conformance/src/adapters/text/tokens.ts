import { basicEnglish, basicEnglishWithOffsets } from "@rnn/text";
import { type GoldenAdapter, golden } from "../../adapter.ts";

/** kind `basic_english`: the tokens of a text, and the same tokens with offsets. */
export const basicEnglishCase: GoldenAdapter = golden<{ text: string }, { tokens: string[] }>(
  (c, { judge }) => {
    judge.same("tokens", basicEnglish(c.config.text), c.outputs.tokens);
    const withOffsets = basicEnglishWithOffsets(c.config.text).map((token) => token.text);
    judge.same("tokens with offsets", withOffsets, c.outputs.tokens);
  },
);
