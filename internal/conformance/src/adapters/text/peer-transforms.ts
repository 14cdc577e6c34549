import {
  addToken,
  labelToIndex,
  type PaddedBatch,
  padTransform,
  strToInt,
  toTypedArray,
  truncate,
  Vocab,
  vocabTransform,
} from "@rnn/text";
import { type PeerAdapter, peer } from "../../adapter.ts";

interface TransformCase {
  readonly op: string;
  readonly options: TransformOptions;
  /** One row or several. */
  readonly input: unknown[];
  readonly expected: unknown[];
}

/** Arguments in torchtext's spelling; which ones are there depends on the transform. */
interface TransformOptions {
  readonly itos?: string[];
  readonly padding_value?: number;
  readonly max_seq_len?: number;
  readonly token?: number | string;
  readonly begin?: boolean;
  readonly max_length?: number;
  readonly pad_value?: number;
  readonly label_names?: string[];
  readonly sort_names?: boolean;
}

/** kind `transform`: torchtext's transforms of token or index lists. */
export const transformCase: PeerAdapter = peer<TransformCase>((c, { judge }) => {
  const transform = transforms[c.op];
  if (!transform) throw new Error(`the adapter does not know the transform ${c.op}`);
  judge.same("result", transform(c.options)(c.input), c.expected);
});

// biome-ignore lint/suspicious/noExplicitAny: the case decides what the lists hold
type Transform = (options: TransformOptions) => (input: any) => unknown;

const transforms: Readonly<Record<string, Transform>> = {
  to_tensor: ({ padding_value: padIndex }) => {
    const convert = toTypedArray({ padIndex });
    return (input: number[] | number[][]) => nested(convert(input) as Int32Array | PaddedBatch);
  },
  vocab: ({ itos = [] }) => vocabTransform(new Vocab(itos)),
  truncate: ({ max_seq_len = 0 }) => truncate(max_seq_len),
  add_token: ({ token, begin }) => addToken(token as number, { begin }),
  pad: ({ max_length = 0, pad_value = 0 }) => padTransform(max_length, pad_value),
  str_to_int: () => strToInt(),
  label_to_index: ({ label_names = [], sort_names }) => labelToIndex(label_names, { sortNames: sort_names }),
};

/** A block as rows, a row as a list. */
function nested(made: Int32Array | PaddedBatch): number[] | number[][] {
  if (made instanceof Int32Array) return Array.from(made);
  const [rows, length] = made.shape;
  return Array.from({ length: rows }, (_, n) => Array.from(made.data.subarray(n * length, (n + 1) * length)));
}
