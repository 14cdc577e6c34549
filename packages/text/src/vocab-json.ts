import { isInt32 } from "./checks.ts";
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

const MEMBERS = ["format", "version", "itos", "defaultIndex"] as const;

/** Checks every member of a parsed JSON value before it is believed. */
export function parseVocabJSON(json: unknown): VocabJSON {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    const advice = typeof json === "string" ? "; pass JSON.parse(text)" : "";
    fail(`expected an object, got ${show(json)}${advice}`);
  }
  for (const member of MEMBERS) if (!Object.hasOwn(json, member)) fail(`"${member}" is missing`);
  for (const key of Object.keys(json)) {
    if (!(MEMBERS as readonly string[]).includes(key)) fail(`unexpected member ${show(key)}`);
  }
  const { format, version, itos, defaultIndex } = json as Record<keyof VocabJSON, unknown>;
  if (format !== "rnn.vocab") fail(`"format" must be "rnn.vocab", got ${show(format)}`);
  if (version !== 1) fail(`"version" must be 1, got ${show(version)}`);
  if (defaultIndex !== null && !isInt32(defaultIndex)) {
    fail(`"defaultIndex" must be null or a 32-bit integer, got ${show(defaultIndex)}`);
  }
  return { format, version, itos: parseItos(itos), defaultIndex };
}

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
  throw new TypeError(`Vocab.fromJSON: ${problem}`);
}
