import { Generator } from "@rnn/tensor";
import { generate, type TokenSource } from "@rnn/train/generation";
import type { CommonOptions } from "../options/common-options.ts";
import type { Parsed } from "../options/parse.ts";
import type { TaskCommand } from "../tasks/task.ts";
import { painter } from "../terminal/colour.ts";
import { inputText } from "../terminal/input.ts";
import { jsonDocument } from "../terminal/json.ts";
import { namesOf } from "../terminal/lists.ts";
import type { Streams } from "../terminal/streams.ts";
import { BranchPrinter } from "./branch-printer.ts";

/** What `generate` needs to know of a language model. */
export interface Writer {
  /** What its tokens are called, in the plural: "characters", "words". */
  readonly unit: string;
  /**
   * The ids of a text to continue, at least one; for an empty text what every text begins with.
   *
   * @throws InputError if it cannot be read, for example because of characters that the model does not know.
   */
  read(prompt: string): readonly number[];
  /** The parts of a prompt that `read` takes for unknown ones; absent if it refuses all that it does not know. */
  unknown?(prompt: string): readonly string[];
  /**
   * What a token adds to the text: the character; the word, with a space before it where one belongs.
   *
   * @param before - What the token before added, or the prompt.
   */
  write(token: number, before: string): string;
  /** The model as a source of tokens, from its initial state. */
  source(): TokenSource<unknown>;
  /** Tokens that end a text. */
  readonly stopTokens?: readonly number[];
  /** Tokens that are never written, such as the one for unknown words. */
  readonly suppressTokens?: readonly number[];
}

const OPTIONS = {
  prompt: {
    kind: "text",
    shown: "TEXT",
    mayBeEmpty: true,
    help: "text to continue; - takes it from standard input",
  },
  length: { kind: "whole", min: 1, max: 1_000_000, default: 300, help: "most tokens to write" },
  temperature: {
    kind: "number",
    min: 0,
    max: 100,
    default: 0.8,
    help: "below 1 safer, above 1 wilder; 0 always takes the likeliest",
  },
  "top-k": {
    kind: "whole",
    min: 0,
    max: 10_000_000,
    default: 0,
    help: "choose among the N likeliest tokens; 0 among all",
  },
  "top-p": {
    kind: "number",
    min: 0.001,
    max: 1,
    default: 1,
    help: "choose among the likeliest that have this probability together",
  },
  branches: { kind: "whole", min: 1, max: 1000, default: 1, help: "continuations to write" },
  seed: {
    kind: "whole",
    min: 0,
    max: 4_294_967_295,
    default: 0,
    help: "of the dice; the same seed writes the same, if the other options are the same, too",
  },
} as const;

/** Most unknown parts of a prompt that are listed, and the most characters of one. */
const MOST_LISTED = 5;
const LONGEST_LISTED = 30;

type Options = Parsed<typeof OPTIONS & CommonOptions>["values"];

/** A text that was written. */
export interface WrittenText {
  text: string;
  tokens: number;
  logProbability: number;
  ended: "stop" | "length";
}

/** `generate`: continues a text token by token and prints it as it comes. */
export function generateCommand<Saved>(writerOf: (saved: Saved) => Writer): TaskCommand<Saved> {
  return {
    options: OPTIONS,
    examples: [
      'npm start -- generate --prompt "ROMEO:" --length 300 --temperature 0.8',
      'npm start -- generate --prompt "ROMEO:" --top-k 40 --top-p 0.9 --branches 3',
      'echo "To be" | npm run --silent start -- generate --prompt - --json',
    ],
    async run(saved: Saved, { values }: Parsed<typeof OPTIONS & CommonOptions>, streams: Streams) {
      const prompt = await promptOf(values.prompt, streams);
      const writer = writerOf(saved);
      const paint = painter(streams.out, streams.env);
      writer.read(prompt); // throws before anything is printed
      const unknown = writer.unknown?.(prompt) ?? [];
      if (unknown.length > 0) streams.err.write(`${unknownNote(unknown)}\n`);
      const printer = values.json
        ? undefined
        : new BranchPrinter(streams.out, prompt, values.branches, paint);
      const texts = await write(writer, prompt, values, printer, () => streams.out.closed === true);
      printer?.end();
      if (values.json) streams.out.write(jsonDocument(documentOf(values, prompt, writer.unit, texts)));
    },
  };
}

function unknownNote(unknown: readonly string[]): string {
  const distinct = [...new Set(unknown)];
  const names = namesOf(distinct, MOST_LISTED, LONGEST_LISTED);
  return `--prompt: the model does not know ${names}, and reads ${distinct.length === 1 ? "it" : "them"} as unknown`;
}

async function promptOf(given: string | undefined, streams: Streams): Promise<string> {
  if (given !== "-") return given ?? "";
  const text = await inputText(streams, "pipe a text in, or give it with --prompt TEXT");
  // the line end that echo adds is not meant
  return text.replace(/\r?\n$/, "");
}

async function write(
  writer: Writer,
  prompt: string,
  options: Options,
  printer: BranchPrinter | undefined,
  isClosed: () => boolean,
): Promise<WrittenText[]> {
  const { length, temperature, "top-k": topK, "top-p": topP, branches, seed } = options;
  const { stopTokens = [], suppressTokens = [] } = writer;
  const texts = Array.from(
    { length: branches },
    (): WrittenText => ({ text: "", tokens: 0, logProbability: 0, ended: "length" }),
  );
  const ends: string[] = new Array(branches).fill(prompt);
  const tokens = generate(writer.source(), {
    prompt: writer.read(prompt),
    maxNewTokens: length,
    temperature,
    topK: topK === 0 ? undefined : topK,
    topP,
    branches,
    stopTokens,
    suppressTokens,
    generator: new Generator(seed),
  });
  for await (const { branch, token, logProbability } of tokens) {
    if (isClosed()) break;
    const text = texts[branch]!;
    text.tokens++;
    text.logProbability += logProbability;
    if (stopTokens.includes(token)) {
      text.ended = "stop";
      continue;
    }
    const piece = writer.write(token, ends[branch]!);
    ends[branch] = piece;
    text.text += piece;
    printer?.add(branch, piece);
  }
  return texts;
}

function documentOf(options: Options, prompt: string, unit: string, texts: readonly WrittenText[]): object {
  const { length, temperature, "top-k": topK, "top-p": topP, seed } = options;
  return { prompt, unit, settings: { length, temperature, topK, topP, seed }, texts };
}
