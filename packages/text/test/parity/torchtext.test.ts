import {
  type BuildVocabOptions,
  basicEnglish,
  basicEnglishWithOffsets,
  buildVocabFromIterator,
  Vocab,
  vectorize,
} from "@rnn/text";
import { describe, expect, test } from "vitest";
import fixture from "../fixtures/torchtext.json" with { type: "json" };

interface Case {
  readonly name: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the kind of the case
  readonly config: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly outputs: any;
  readonly error?: string;
}

const cases: readonly Case[] = fixture.cases;
const ofKind = (kind: string) => cases.filter((c) => c.kind === kind).map((c) => [c.name, c] as const);

function build({ config }: Case): Vocab {
  const options: BuildVocabOptions = {
    minFreq: config.min_freq,
    maxTokens: config.max_tokens,
    specials: config.specials,
    specialFirst: config.special_first,
  };
  const vocab = buildVocabFromIterator(config.corpus as string[][], options);
  vocab.setDefaultIndex(config.default_index ?? null);
  return vocab;
}

/** The result of a call, or the fact that it threw. */
function attempt(call: () => unknown): unknown {
  try {
    return { value: call() ?? null };
  } catch {
    return { error: true };
  }
}

describe("torchtext", () => {
  test.each(ofKind("basic_english"))("%s", (_, { config, outputs }) => {
    expect(basicEnglish(config.text)).toEqual(outputs.tokens);
    expect(basicEnglishWithOffsets(config.text).map(({ text }) => text)).toEqual(outputs.tokens);
  });

  test.each(ofKind("vocab"))("%s", (_, c) => {
    if (c.error !== undefined) {
      expect(() => build(c)).toThrow(RangeError);
      return;
    }
    const vocab = build(c);
    const queries: string[] = c.config.queries;
    expect(vocab.getItos()).toEqual(c.outputs.itos);
    expect(vocab.length).toBe(c.outputs.size);
    expect(queries.map((token) => vocab.contains(token))).toEqual(c.outputs.contains);
    expect(queries.map((token) => attempt(() => vocab.lookupIndex(token)))).toEqual(
      c.outputs.lookups.map(([, index]: [string, number | null]) =>
        index === null ? { error: true } : { value: index },
      ),
    );
  });

  test.each(ofKind("vocab_edit"))("%s", (_, c) => {
    const vocab = build(c);
    const calls: Record<string, (...args: never[]) => unknown> = {
      get: (token: string) => vocab.lookupIndex(token),
      contains: (token: string) => vocab.contains(token),
      lookup_token: (index: number) => vocab.lookupToken(index),
      lookup_indices: (tokens: string[]) => vocab.lookupIndices(tokens),
      insert_token: (token: string, index: number) => vocab.insertToken(token, index),
      append_token: (token: string) => vocab.appendToken(token),
      set_default_index: (index: number | null) => vocab.setDefaultIndex(index),
    };
    const steps: [string, ...never[]][] = c.config.steps;
    expect(steps.map(([name, ...args]) => attempt(() => calls[name]?.(...args)))).toEqual(
      c.outputs.results.map((result: object) => ("error" in result ? { error: true } : result)),
    );
    expect(vocab.getItos()).toEqual(c.outputs.itos);
  });

  test.each(ofKind("vectorize"))("%s", (_, { config, outputs }) => {
    const { itos } = cases.find(({ name }) => name === config.itos_of)?.outputs ?? {};
    const vocab = new Vocab(itos, { defaultIndex: config.default_index });
    const ids = vectorize(config.text, vocab, config.length, { padIndex: config.pad_index });
    expect([...ids]).toEqual(outputs.ids);
  });
});
