/** Signals that ask a process to stop, with the exit codes a shell gives them. */
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/**
 * Signals this close to the first, in milliseconds, are the same one: Ctrl-C reaches every process of the terminal, and
 * the program that started this one may send it on besides.
 */
const ECHO = 500;

/** The parts of `process` that are used. */
export type SignalSource = Pick<NodeJS.Process, "on" | "off" | "exit">;

/** Turns a first Ctrl-C (or SIGTERM) into an abort; a later one leaves at once. */
export class Interrupt {
  readonly #controller = new AbortController();
  readonly #listeners: [NodeJS.Signals, () => void][];
  readonly #source: SignalSource;
  #since = 0;
  /** Exit code to end with, once interrupted. */
  exitCode: number | undefined;

  /**
   * @param announce - called at the first signal
   * @param milliseconds - a clock
   */
  constructor(
    announce: () => void,
    source: SignalSource = process,
    milliseconds: () => number = () => performance.now(),
  ) {
    this.#source = source;
    this.#listeners = (["SIGINT", "SIGTERM"] as const).map((name) => [
      name,
      () => {
        if (this.exitCode !== undefined) {
          if (milliseconds() - this.#since >= ECHO) source.exit(this.exitCode);
          return;
        }
        this.#since = milliseconds();
        this.exitCode = CODES[name];
        announce();
        this.#controller.abort();
      },
    ]);
    for (const [name, listener] of this.#listeners) source.on(name, listener);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Gives the signals their usual effect back; after an interrupt not before its echo can have come. */
  dispose(): void {
    const give = () => {
      for (const [name, listener] of this.#listeners) this.#source.off(name, listener);
    };
    if (this.exitCode === undefined) give();
    else setTimeout(give, ECHO).unref();
  }
}
