/** Signals that ask a process to stop, with the exit codes a shell gives them. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Turns a first Ctrl-C (or SIGTERM) into an abort; a second one leaves at once. */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #listeners: [NodeJS.Signals, () => void][];
  /** Exit code to end with, once interrupted. */
  exitCode: number | undefined;

  /** @param announce - called at the first signal */
  constructor(announce: () => void) {
    this.#listeners = (["SIGINT", "SIGTERM"] as const).map((name) => [
      name,
      () => {
        if (this.exitCode !== undefined) process.exit(this.exitCode);
        this.exitCode = CODES[name];
        announce();
        this.#controller.abort();
      },
    ]);
    for (const [name, listener] of this.#listeners) process.on(name, listener);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Gives the signals their usual effect back. */
  dispose(): void {
    for (const [name, listener] of this.#listeners) process.off(name, listener);
  }
}
