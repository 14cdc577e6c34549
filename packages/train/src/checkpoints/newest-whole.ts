import type { Checkpoint } from "../fit/checkpoint.ts";
import { decodeCheckpoint } from "./codec.ts";

/** What was found among the checkpoints of a store. */
interface Found {
  /** The newest checkpoint that is whole; `null` if there is none at all. */
  readonly checkpoint: Checkpoint | null;
  /** Why the newest of all was skipped; `null` if it was not. */
  readonly passedOver: string | null;
}

/**
 * Reads checkpoints from the newest to the oldest, until one is whole; throws if there are some, but none is whole.
 *
 * @param place - where they are kept, for the error
 * @param label - goes before the reason why a checkpoint cannot be read
 */
export async function newestWhole<Key>(
  where: string,
  place: string,
  newestFirst: readonly Key[],
  read: (key: Key) => Promise<Uint8Array>,
  label: (key: Key) => string = () => "",
): Promise<Found> {
  let problem: string | null = null;
  for (const key of newestFirst) {
    const bytes = await read(key);
    try {
      return { checkpoint: decodeCheckpoint(bytes), passedOver: problem };
    } catch (error) {
      problem ??= label(key) + (error as Error).message;
    }
  }
  if (problem === null) return { checkpoint: null, passedOver: null };
  throw new Error(`${where}: no checkpoint in ${JSON.stringify(place)} can be read; ${problem}`);
}
