import { nextTask, now, sleep } from "./platform.ts";
import type { AbortSignalLike } from "./source.ts";

/**
 * Pauses a training while it says so; any object with this field will do.
 *
 * @public
 */
export interface PauseLike {
  /** Whether to wait before the next update. */
  readonly paused: boolean;
}

/** How often a paused training checks whether to continue, in milliseconds. */
const LOOK_AGAIN = 20;

/** Hands the thread back to the event loop whenever a time budget is used up, and waits while there is a pause. */
export class Pacer {
  readonly #budget: number;
  readonly #pause: PauseLike | undefined;
  readonly #signal: AbortSignalLike | undefined;
  #started: number = now();
  #since: number = this.#started;
  #waited = 0;

  /** @param budget - milliseconds of work between two turns of the event loop; `Infinity` for none */
  constructor(budget: number, pause?: PauseLike, signal?: AbortSignalLike) {
    this.#budget = budget;
    this.#pause = pause;
    this.#signal = signal;
  }

  /** Starts the clock: work begins now, not when this was made. */
  start(): void {
    this.#started = now();
    this.#since = this.#started;
  }

  /** Milliseconds since the start, pauses not counted. */
  get worked(): number {
    return now() - this.#started - this.#waited;
  }

  /** Waits for a turn of the event loop if it is due, and for the end of a pause. */
  async breathe(): Promise<void> {
    if (this.#pause?.paused) await this.#wait(this.#pause);
    if (now() - this.#since < this.#budget) return;
    await nextTask();
    this.#since = now();
  }

  async #wait(pause: PauseLike): Promise<void> {
    const began = now();
    while (pause.paused && !this.#signal?.aborted) await sleep(LOOK_AGAIN);
    this.#waited += now() - began;
  }
}
