import { nextTask, now } from "./platform.ts";

/** Hands the thread back to the event loop whenever a time budget is used up. */
export class Pacer {
  readonly #budget: number;
  #since: number = now();

  /** @param budget - milliseconds of work between two turns of the event loop; `Infinity` for none */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Waits for a turn of the event loop if it is due. */
  async breathe(): Promise<void> {
    if (now() - this.#since < this.#budget) return;
    await nextTask();
    this.#since = now();
  }
}
