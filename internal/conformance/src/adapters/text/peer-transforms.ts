import { padSequences, Vocab } from "@rnn/text";
import { type PeerAdapter, peer } from "../../adapter.ts";
import { absent } from "../../library.ts";

interface TransformCase {
  readonly op: string;
  readonly options: { readonly itos?: string[]; readonly padding_value?: number };
  /** One row or several. */
  readonly input: unknown[];
  readonly expected: unknown[];
}

/** kind `transform`: torchtext's transforms of token or index lists. */
export const transformCase: PeerAdapter = peer<TransformCase>((c, { judge }) => {
  const transform = transforms[c.op];
  if (!transform) throw new Error(`the adapter does not know the transform ${c.op}`);
  judge.same("result", transform(c.input, c.options), c.expected);
});

type Transform = (input: unknown[], options: TransformCase["options"]) => unknown;

const transforms: Readonly<Record<string, Transform>> = {
  vocab: (input, { itos = [] }) => {
    const vocab = new Vocab(itos);
    return perRow(input, (row) => vocab.lookupIndices(row as string[]));
  },
  to_tensor: (input, { padding_value: padIndex }) => {
    const rows = isRows(input) ? input : [input];
    const { data, shape } = padSequences(rows as number[][], { padIndex });
    const padded = rows.map((_, n) => Array.from(data.subarray(n * shape[1], (n + 1) * shape[1])));
    return isRows(input) ? padded : padded[0];
  },
  truncate: () => absent("text", "truncate", "Truncate"),
  add_token: () => absent("text", "addToken", "AddToken"),
  pad: () => absent("text", "pad", "PadTransform"),
  str_to_int: () => absent("text", "strToInt", "StrToInt"),
  label_to_index: () => absent("text", "labelToIndex", "LabelToIndex"),
};

function perRow(input: unknown[], map: (row: unknown[]) => unknown): unknown {
  return isRows(input) ? input.map(map) : map(input);
}

function isRows(input: unknown[]): input is unknown[][] {
  return Array.isArray(input[0]);
}
