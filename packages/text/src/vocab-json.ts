import { isInt32 } from "./checks.ts";
import { membersOf } from "./json-members.ts";
import { show } from "./show.ts";

/**
 * A vocabulary as JSON.
 *
 * @public
 */
export interface VocabJSON {
  /** Says that this is a vocabulary. */
  readonly format: "rnn.vocab";
  /** The version of this format. */
  readonly version: 1;
  /** The tokens in the order of their indices, each once. */
  readonly itos: readonly string[];
  /** What absent tokens are looked up as, if anything. */
  readonly defaultIndex: number | null;
}

/** Checks every member of a parsed JSON value before it is believed. */
export function parseVocabJSON(json: unknown): VocabJSON {
  const { itos, defaultIndex } = membersOf(WHERE, json, "rnn.vocab", ["itos", "defaultIndex"]);
  if (defaultIndex !== null && !isInt32(defaultIndex)) {
    fail(`"defaultIndex" must be null or a 32-bit integer, got ${show(defaultIndex)}`);
  }
  return { format: "rnn.vocab", version: 1, itos: parseItos(itos), defaultIndex };
}

const WHERE = "Vocab.fromJSON";

function parseItos(itos: unknown): string[] {
  if (!Array.isArray(itos)) fail(`"itos" must be an array of strings, got ${show(itos)}`);
  const indices = new Map<string, number>();
  itos.forEach((token: unknown, index) => {
    if (typeof token !== "string") fail(`"itos"[${index}] must be a string, got ${show(token)}`);
    const first = indices.get(token);
    if (first !== undefined) fail(`"itos" has ${show(token)} twice, at ${first} and ${index}`);
    indices.set(token, index);
  });
  return itos as string[];
}

function fail(problem: string): never {
  throw new TypeError(`${WHERE}: ${problem}`);
}
