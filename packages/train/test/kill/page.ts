import { BrowserCheckpoints } from "@rnn/train/checkpoints";
import { train } from "./training.ts";

/** What the page can be asked for. */
export interface Page {
  /** Trains, with checkpoints if they have a name; returns what was learned, and at which step it began. */
  trainOn?: (name: string | null) => Promise<{ bytes: number[]; begin: string }>;
}

(globalThis as Page).trainOn = async (name) => {
  let begin = "";
  const store = name === null ? undefined : new BrowserCheckpoints(name, { keep: 2 });
  const bytes = await train(store, (line) => {
    begin = line;
  });
  return { bytes: [...bytes], begin };
};
