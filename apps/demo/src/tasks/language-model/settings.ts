import { createHash } from "node:crypto";
import type { Corpus } from "./corpus.ts";
import type { TrainOptions } from "./train-options.ts";

/** The options that decide what a training does in each of its updates; how many there are may change on the way. */
const DECISIVE = [
  "units",
  "min-count",
  "cell",
  "embedding",
  "hidden",
  "layers",
  "dropout",
  "tied",
  "init",
  "optimizer",
  "learning-rate",
  "decay",
  "decay-after",
  "sequence-length",
  "batch-size",
  "clip",
  "seed",
] as const satisfies readonly (keyof TrainOptions)[];

/** What a training was begun with: its options by name, and as `text` the digest of what it reads. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/** The settings that a training has to keep to when it goes on from a checkpoint. */
export function settingsOf(options: TrainOptions, { parts, vocabulary }: Corpus): Settings {
  const hash = createHash("sha256").update(JSON.stringify(vocabulary.getItos()));
  for (const ids of [parts.train, parts.validation]) hash.update(`/${ids.length}/`).update(ids);
  return {
    ...Object.fromEntries(DECISIVE.map((name) => [name, options[name]])),
    text: hash.digest("hex"),
  };
}

/** What is different in the settings before, for people: `["--seed 0", "without --tied", "another text"]`. */
export function differences(before: Settings, now: Settings): string[] {
  return (
    Object.keys(now)
      .filter((name) => before[name] !== now[name])
      // how many lanes there are by default depends on the text
      .filter((name) => name !== "batch-size" || before.text === now.text)
      .map((name) => {
        if (name === "text") return "another text";
        const value = before[name];
        if (typeof value === "boolean") return value ? `--${name}` : `without --${name}`;
        return `--${name} ${value}`;
      })
  );
}
