import { BrowserCheckpoints, downloadCheckpoint, uploadCheckpoint } from "@rnn/train/checkpoints";
import { train } from "./training.ts";

/** What the page can be asked for. */
export interface Page {
  /** Trains, with checkpoints if they have a name; returns what was learned, and at which step it began. */
  trainOn?: (name: string | null) => Promise<{ bytes: number[]; begin: string }>;
  /** Whether a name has a checkpoint. */
  isSaved?: (name: string) => Promise<boolean>;
  /** Downloads the newest checkpoint of a name; returns its step. */
  download?: (name: string) => Promise<number | undefined>;
  /** Takes the file that was chosen in the page into a name; returns the step of its checkpoint. */
  upload?: (name: string) => Promise<number>;
}

(globalThis as Page).trainOn = async (name) => {
  let begin = "";
  const store = name === null ? undefined : new BrowserCheckpoints(name, { keep: 2 });
  const bytes = await train(store, (line) => {
    begin = line;
  });
  return { bytes: [...bytes], begin };
};

(globalThis as Page).isSaved = async (name) => (await new BrowserCheckpoints(name).load()) !== null;

(globalThis as Page).download = async (name) =>
  (await downloadCheckpoint(new BrowserCheckpoints(name)))?.step;

(globalThis as Page).upload = async (name) => {
  const { document } = globalThis as unknown as {
    document: { querySelector(selector: string): { files: [File] } };
  };
  const [file] = document.querySelector("input").files;
  return (await uploadCheckpoint(new BrowserCheckpoints(name), file)).step;
};
