import {
  addToken,
  type BuildVocabOptions,
  buildVocabFromCounts,
  buildVocabFromIterator,
  customReplace,
  getTokenizer,
  labelToIndex,
  ngramsIterator,
  type PaddedBatch,
  padTransform,
  strToInt,
  type TokenizerName,
  toTypedArray,
  truncate,
  Vocab,
  vocabTransform,
} from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/torchtext-tests.json" with { type: "json" };

interface Check {
  readonly op: string;
  readonly args: readonly unknown[];
  readonly expect?: unknown;
  readonly throws?: boolean;
}

interface Build {
  readonly from: string;
  readonly tokens?: string[][];
  readonly counts?: [string, number][];
  readonly min_freq?: number;
  readonly max_tokens?: number;
  readonly specials?: string[];
  readonly special_first?: boolean;
  readonly throws?: boolean;
}

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly tokenizer?: string;
  readonly text?: string;
  readonly tokens?: string[];
  readonly lines?: string[];
  readonly itos?: string[];
  readonly n?: number;
  readonly patterns?: [string, string][];
  readonly inputs?: string[];
  readonly op?: string;
  // biome-ignore lint/suspicious/noExplicitAny: options, input and result depend on the transform
  readonly options?: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly input?: any;
  readonly expected?: unknown;
  readonly build?: Build;
  readonly checks?: readonly Check[];
}

const cases = fixture.cases as unknown as readonly Case[];
const ofKind = (kind: string) => cases.filter((c) => c.kind === kind).map((c) => [c.id, c] as const);

/** torchtext calls splitting at whitespace "split". */
const tokenizerOf = (name = "") => getTokenizer((name === "split" ? "whitespace" : name) as TokenizerName);

function build({ from, tokens = [], counts = [], ...rest }: Build): Vocab {
  const options: BuildVocabOptions = {
    minFreq: rest.min_freq,
    maxTokens: rest.max_tokens,
    specials: rest.specials,
    specialFirst: rest.special_first,
  };
  return from === "iterator"
    ? buildVocabFromIterator(tokens, options)
    : buildVocabFromCounts(counts, options);
}

const call: Record<string, (vocab: Vocab, ...args: never[]) => unknown> = {
  contains: (vocab, token: string) => vocab.contains(token),
  index: (vocab, token: string) => vocab.lookupIndex(token),
  len: (vocab) => vocab.length,
  itos: (vocab) => vocab.getItos(),
  stoi: (vocab) => Object.fromEntries(vocab.getStoi()),
  get_default_index: (vocab) => vocab.getDefaultIndex(),
  set_default_index: (vocab, index: number | null) => vocab.setDefaultIndex(index),
  insert_token: (vocab, token: string, index: number) => vocab.insertToken(token, index),
  append_token: (vocab, token: string) => vocab.appendToken(token),
  lookup_token: (vocab, index: number) => vocab.lookupToken(index),
  lookup_tokens: (vocab, indices: number[]) => vocab.lookupTokens(indices),
  lookup_indices: (vocab, tokens: string[]) => vocab.lookupIndices(tokens),
};

// biome-ignore lint/suspicious/noExplicitAny: as the cases
const transforms: Record<string, (options: any) => (input: any) => unknown> = {
  vocab: ({ itos }) => vocabTransform(new Vocab(itos)),
  to_tensor:
    ({ padding_value }) =>
    (input) => {
      const made: unknown = toTypedArray({ padIndex: padding_value })(input);
      return made instanceof Int32Array ? [...made] : rowsOf(made as PaddedBatch);
    },
  truncate: ({ max_seq_len }) => truncate(max_seq_len),
  add_token: ({ token, begin }) => addToken(token, { begin }),
  pad: ({ max_length, pad_value }) => padTransform(max_length, pad_value),
  str_to_int: () => strToInt(),
  label_to_index: ({ label_names, sort_names }) => labelToIndex(label_names, { sortNames: sort_names }),
};

function rowsOf({ data, shape }: PaddedBatch): number[][] {
  return Array.from({ length: shape[0] }, (_, n) => [...data.subarray(n * shape[1], (n + 1) * shape[1])]);
}

describe("what torchtext's own tests assert", () => {
  test.each(ofKind("tokenizer"))("%s", (_, { tokenizer, text, tokens }) => {
    expect(tokenizerOf(tokenizer)(text ?? "")).toEqual(tokens);
  });

  test.each(ofKind("tokenizer_error"))("%s", (_, { tokenizer }) => {
    expect(() => tokenizerOf(tokenizer)).toThrow(RangeError);
  });

  test.each(ofKind("pipeline"))("%s", (_, { tokenizer, lines = [], itos }) => {
    expect(buildVocabFromIterator(lines.map(tokenizerOf(tokenizer))).getItos()).toEqual(itos);
  });

  test.each(ofKind("ngrams"))("%s", (_, { tokens = [], n = 1, expected }) => {
    expect([...ngramsIterator(tokens, n)]).toEqual(expected);
  });

  test.each(ofKind("custom_replace"))("%s", (_, { patterns = [], inputs = [], expected }) => {
    const replace = customReplace(patterns.map(([pattern, by]) => [new RegExp(pattern), by]));
    expect(inputs.map(replace)).toEqual(expected);
  });

  test.each(ofKind("transform"))("%s", (_, { op = "", options, input, expected }) => {
    expect(transforms[op]?.(options)(input)).toEqual(expected);
  });

  test.each(ofKind("vocab"))("%s", (_, c) => {
    const wanted = c.build as Build;
    if (wanted.throws) {
      expect(() => build(wanted)).toThrow(RangeError);
      return;
    }
    let vocab = build(wanted);
    for (const { op, args, throws, ...check } of c.checks ?? []) {
      if (op === "serialize_roundtrip") {
        vocab = Vocab.fromJSON(JSON.parse(JSON.stringify(vocab)));
        continue;
      }
      const run = () => call[op]?.(vocab, ...(args as never[]));
      if (throws) expect(run).toThrow(RangeError);
      else if ("expect" in check) expect(run()).toEqual(check.expect);
      else run();
    }
  });
});
