import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EpochEvent } from "@rnn/train";
import { makeFolder } from "../../data/make-folder.ts";
import { writeFileAtomically } from "../../data/write-file.ts";
import { InputError, systemReason } from "../../errors.ts";

/** The epochs of a training that is interrupted and goes on, as lines of JSON beside its checkpoints. */
export class EpochHistory {
  readonly #folder: string;
  readonly #path: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, "epochs.jsonl");
  }

  /** @throws {@link InputError} if it cannot be written. */
  async add(event: EpochEvent<string>): Promise<void> {
    try {
      await makeFolder(this.#folder);
      await appendFile(this.#path, lineOf(event));
    } catch (error) {
      throw new InputError(`--checkpoints ${this.#folder}: ${systemReason(error)}`);
    }
  }

  /**
   * What the first epochs were like, after which the training goes on; what else is in the file, because a training came
   * further than its last checkpoint or was killed within a line, is taken out.
   *
   * @throws {@link InputError} if it cannot be written.
   */
  async until(epochs: number): Promise<EpochEvent<string>[]> {
    const text = await readFile(this.#path, "utf8").catch(() => "");
    const byEpoch = new Map<number, EpochEvent<string>>();
    for (const line of text.split("\n")) {
      const event = parsed(line);
      if (event?.type === "epoch" && event.epoch <= epochs) byEpoch.set(event.epoch, event);
    }
    const events = [...byEpoch.values()].sort((a, b) => a.epoch - b.epoch);
    const kept = events.map(lineOf).join("");
    if (kept !== text) await writeFileAtomically(this.#path, new TextEncoder().encode(kept));
    return events;
  }
}

function lineOf(event: EpochEvent<string>): string {
  return `${JSON.stringify(event)}\n`;
}

/** A line that was written whole. */
function parsed(line: string): EpochEvent<string> | null {
  try {
    return JSON.parse(line) as EpochEvent<string> | null;
  } catch {
    return null;
  }
}
