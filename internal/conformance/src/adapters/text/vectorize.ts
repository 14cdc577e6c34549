import { Vocab, vectorize } from "@rnn/text";
import { type GoldenAdapter, golden } from "../../adapter.ts";

interface VectorizeConfig {
  /** Name of the case of the same file that lists the vocabulary. */
  readonly itos_of: string;
  readonly text: string;
  readonly length: number;
  readonly pad_index: number;
  readonly default_index: number;
}

/** kind `vectorize`: a text as indices, cut and padded on the right. */
export const vectorizeCase: GoldenAdapter = golden<VectorizeConfig, { ids: number[] }>(
  (c, { judge, file }) => {
    const { itos_of, text, length, pad_index: padIndex, default_index: defaultIndex } = c.config;
    const source = file.format === "golden" ? file.cases.find((other) => other.name === itos_of) : undefined;
    if (!source) throw new Error(`the file has no case named "${itos_of}"`);
    const { itos } = source.outputs as unknown as { itos: string[] };
    const vocab = new Vocab(itos, { defaultIndex });
    judge.same("ids", Array.from(vectorize(text, vocab, length, { padIndex })), c.outputs.ids);
  },
);
