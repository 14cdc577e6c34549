import { buildVocabFromCounts, buildVocabFromIterator, Vocab } from "@rnn/text";
import { attempt } from "../../accident.ts";
import { type PeerAdapter, peer } from "../../adapter.ts";

interface PeerVocab {
  readonly build: Build;
  /** Calls in order: with the result that is wanted, or an error. */
  readonly checks: { op: string; args: unknown[]; expect?: unknown; throws?: boolean }[];
}

type Build = {
  readonly min_freq?: number;
  readonly specials?: string[];
  readonly special_first?: boolean;
  readonly max_tokens?: number;
  readonly throws?: boolean;
} & (
  | { readonly from: "ordered_counts"; readonly counts: [string, number][] }
  | { readonly from: "iterator"; readonly tokens: string[][] }
);

/** kind `vocab` of other projects: a vocabulary and a series of calls on it. */
export const peerVocabCase: PeerAdapter = peer<PeerVocab>(({ build, checks }, { judge }) => {
  const built = attempt(() => buildVocab(build));
  if (build.throws) judge.holds("build", built.error !== undefined, "no error", "an error");
  else if (built.error) throw built.error;
  if (!built.value) return;
  let vocab = built.value;
  checks.forEach(({ op, args, expect, throws }, i) => {
    const what = `check ${i}, ${op}`;
    const outcome = attempt(() =>
      op === "serialize_roundtrip" ? reload(vocab) : callVocab(vocab, op, args),
    );
    if (outcome.value instanceof Vocab) vocab = outcome.value;
    if (throws) judge.holds(what, outcome.error !== undefined, outcome.value, "an error");
    else if (outcome.error) judge.holds(what, false, outcome.error.message, expect ?? "no error");
    else if (expect !== undefined) judge.same(what, outcome.value, expect);
  });
});

function buildVocab(build: Build): Vocab {
  const { min_freq: minFreq, specials, special_first: specialFirst, max_tokens: maxTokens } = build;
  return build.from === "iterator"
    ? buildVocabFromIterator(build.tokens, { minFreq, specials, specialFirst, maxTokens })
    : buildVocabFromCounts(build.counts, { minFreq, specials, specialFirst });
}

/** Through text and back, as a saved file would go. */
function reload(vocab: Vocab): Vocab {
  return Vocab.fromJSON(JSON.parse(JSON.stringify(vocab)));
}

function callVocab(vocab: Vocab, op: string, args: unknown[]): unknown {
  const [token, index] = args as [string, number];
  switch (op) {
    case "contains":
      return vocab.contains(token);
    case "index":
      return vocab.lookupIndex(token);
    case "len":
      return vocab.length;
    case "itos":
      return vocab.getItos();
    case "stoi":
      return Object.fromEntries(vocab.getStoi());
    case "get_default_index":
      return vocab.getDefaultIndex();
    case "set_default_index":
      return vocab.setDefaultIndex(args[0] as number | null);
    case "insert_token":
      return vocab.insertToken(token, index);
    case "append_token":
      return vocab.appendToken(token);
    case "lookup_token":
      return vocab.lookupToken(args[0] as number);
    case "lookup_tokens":
      return vocab.lookupTokens(args[0] as number[]);
    case "lookup_indices":
      return vocab.lookupIndices(args[0] as string[]);
    default:
      throw new ReferenceError(`no such call on a vocabulary: ${op}`);
  }
}
