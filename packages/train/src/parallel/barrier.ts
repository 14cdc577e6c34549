const ARRIVED = 0;
const ROUND = 1;

/** A place where threads wait until all of them have come. */
export class Barrier {
  readonly #state: Int32Array;
  readonly #count: number;

  /** @param memory - 8 bytes shared by the threads, zeros at first; @param count - the number of threads */
  constructor(memory: SharedArrayBuffer, count: number) {
    this.#state = new Int32Array(memory, 0, 2);
    this.#count = count;
  }

  /** Returns once every thread has called it as often as this one. Blocks: not for a page's main thread. */
  wait(): void {
    const round = Atomics.load(this.#state, ROUND);
    if (Atomics.add(this.#state, ARRIVED, 1) === this.#count - 1) {
      Atomics.store(this.#state, ARRIVED, 0);
      Atomics.add(this.#state, ROUND, 1);
      Atomics.notify(this.#state, ROUND);
    }
    while (Atomics.load(this.#state, ROUND) === round) Atomics.wait(this.#state, ROUND, round);
  }
}
