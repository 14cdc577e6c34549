import { buildVocabFromIterator, type Vocab } from "@rnn/text";
import { attempt } from "../../accident.ts";
import { type GoldenAdapter, golden } from "../../adapter.ts";

/** Arguments of `build_vocab_from_iterator` in torchtext's spelling; absent means its default. */
export interface VocabConfig {
  readonly corpus: string[][];
  readonly min_freq?: number;
  readonly max_tokens?: number;
  readonly specials?: string[];
  readonly special_first?: boolean;
}

/** The vocabulary of a corpus. */
export function buildVocab(config: VocabConfig): Vocab {
  return buildVocabFromIterator(config.corpus, {
    minFreq: config.min_freq,
    maxTokens: config.max_tokens,
    specials: config.specials,
    specialFirst: config.special_first,
  });
}

interface Lookups {
  readonly itos: string[];
  readonly size: number;
  /** `[token, index]`, with null where the lookup must throw. */
  readonly lookups: [string, number | null][];
  readonly contains: boolean[];
}

/** kind `vocab`: the order of a vocabulary and what it answers. */
export const vocabCase: GoldenAdapter = golden<
  VocabConfig & { queries: string[]; default_index?: number },
  Lookups
>((c, { judge }) => {
  const vocab = buildVocab(c.config);
  if (c.config.default_index !== undefined) vocab.setDefaultIndex(c.config.default_index);
  judge.same("itos", vocab.getItos(), c.outputs.itos);
  judge.same("size", vocab.length, c.outputs.size);
  const lookups = c.config.queries.map((token) => [
    token,
    attempt(() => vocab.lookupIndex(token)).value ?? null,
  ]);
  judge.same("lookups", lookups, c.outputs.lookups);
  const contains = c.config.queries.map((token) => vocab.contains(token));
  judge.same("contains", contains, c.outputs.contains);
});

type Step = [call: string, ...args: unknown[]];

/** kind `vocab_edit`: a series of calls, each with its value or its error, and the order that remains. */
export const vocabEditCase: GoldenAdapter = golden<
  VocabConfig & { steps: Step[] },
  { results: ({ value: unknown } | { error: string })[]; itos: string[] }
>((c, { judge }) => {
  const vocab = buildVocab(c.config);
  c.config.steps.forEach((step, i) => {
    const outcome = attempt(() => callVocab(vocab, step));
    const want = c.outputs.results[i] as { value: unknown } | { error: string };
    const what = `step ${i}, ${step[0]}`;
    if ("error" in want)
      judge.holds(what, outcome.error !== undefined, outcome.value, `an error (${want.error})`);
    else if (outcome.error) judge.holds(what, false, outcome.error.message, want.value);
    else judge.same(what, outcome.value, want.value);
  });
  judge.same("itos", vocab.getItos(), c.outputs.itos);
});

/** Calls a method of Vocab by torchtext's name; calls without a result give null. */
function callVocab(vocab: Vocab, [call, ...args]: Step): unknown {
  const [token, index] = args as [string, number];
  switch (call) {
    case "get":
      return vocab.lookupIndex(token);
    case "contains":
      return vocab.contains(token);
    case "lookup_token":
      return vocab.lookupToken(args[0] as number);
    case "lookup_indices":
      return Array.from(vocab.lookupIndices(args[0] as string[]));
    case "set_default_index":
      return vocab.setDefaultIndex(args[0] as number | null) ?? null;
    case "insert_token":
      return vocab.insertToken(token, index) ?? null;
    case "append_token":
      return vocab.appendToken(token) ?? null;
    default:
      throw new ReferenceError(`no such call on a vocabulary: ${call}`);
  }
}
