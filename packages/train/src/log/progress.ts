import { checkLimit, checkOptions, type OptionNames, wrongKind } from "../check.ts";
import { now } from "../fit/platform.ts";
import { count, duration } from "./format.ts";

/** Least seconds between redraws of the bar, and between lines where there is no terminal. */
const REDRAW = 0.1;
const PLAIN_LINE = 10;
/** The rate is the mean over this many seconds. */
const RATE_WINDOW = 5;
/** Goes to the start of the line; clears what is right of it. */
const HOME = "\r";
const CLEAR = "\u001b[K";

/**
 * Where progress is shown: a stream such as `process.stderr`, or any object with these members.
 *
 * @public
 */
export interface ProgressOutput {
  /** Takes in the next piece. */
  write(text: string): unknown;
  /** True for a terminal, where a line can be drawn over. */
  readonly isTTY?: boolean | undefined;
  /** Characters per line of the terminal. */
  readonly columns?: number | undefined;
}

/**
 * Options of {@link Progress}.
 *
 * @public
 */
export interface ProgressOptions {
  /** Number of items; `null` if that is not known. */
  total: number | null;
  /** What the items are called. */
  unit: string;
  /** Whether the work may end before all items are done, so that the time left is only a limit. Default `false`. */
  mayEndEarly?: boolean | undefined;
  /** A clock, in seconds. */
  seconds?: (() => number) | undefined;
}

const OPTIONS: OptionNames<ProgressOptions> = { total: true, unit: true, mayEndEarly: true, seconds: true };

/**
 * What a line of {@link Progress} says.
 *
 * @public
 */
export interface ProgressStep {
  /** In front of the bar, for example "epoch 3/30". */
  readonly title: string;
  /** Items done so far. */
  readonly done: number;
  /** After the time left, for example "loss 0.412". */
  readonly note?: string | undefined;
}

/**
 * Shows how far a long task is: a bar with rate and time left on a terminal, elsewhere a line every ten seconds.
 *
 * @remarks
 * {@link progressLogger} shows a training with it.
 *
 * @throws TypeError if `output` cannot be written to, or for an unknown option.
 * @throws RangeError if `total` is not a number of at least 0.
 *
 * @example
 * ```ts
 * import { Progress } from "@rnn/train/log";
 *
 * const written: string[] = [];
 * let seconds = 0;
 * const output = { write: (text: string) => written.push(text) }; // or process.stderr
 * const progress = new Progress(output, { total: 200, unit: "files", seconds: () => seconds });
 * seconds = 10;
 * progress.update({ title: "reading", done: 50 });
 * written; // => ["reading: 25 %, 5 files/s, 30 s left\n"]
 * ```
 *
 * @public
 */
export class Progress {
  readonly #output: ProgressOutput;
  readonly #total: number | null;
  readonly #unit: string;
  readonly #atMost: string;
  readonly #seconds: () => number;
  readonly #samples: { time: number; done: number }[] = [];
  #lastShown: number;
  #drawn = false;

  constructor(output: ProgressOutput, options: ProgressOptions) {
    const where = "Progress";
    checkOutput(where, output);
    checkOptions(where, options, OPTIONS);
    const { total, unit, mayEndEarly = false, seconds = () => now() / 1000 } = options;
    if (total !== null) checkLimit(where, "total", total);
    this.#output = output;
    this.#total = total;
    this.#unit = unit;
    this.#atMost = mayEndEarly ? "at most " : "";
    this.#seconds = seconds;
    this.#lastShown = output.isTTY === true ? Number.NEGATIVE_INFINITY : seconds();
    this.begin(0);
  }

  /** Begins with items that were done before, which do not count for the rate. */
  begin(done: number): void {
    this.#samples.splice(0, Number.POSITIVE_INFINITY, { time: this.#seconds(), done });
  }

  /** Reports how far the task is; draws at most ten times a second. */
  update(step: ProgressStep): void {
    const time = this.#seconds();
    const rate = this.#rate(time, step.done);
    const isTerminal = this.#output.isTTY === true;
    if (time - this.#lastShown < (isTerminal ? REDRAW : PLAIN_LINE)) return;
    this.#lastShown = time;
    const facts = this.#facts(step, rate);
    if (isTerminal) {
      this.#output.write(`${HOME}${this.#bar(step, facts.join("  "))}${CLEAR}`);
      this.#drawn = true;
    } else {
      this.#output.write(`${step.title}: ${[this.#amount(step), ...facts].join(", ")}\n`);
    }
  }

  /** Removes the bar, before other output or at the end. */
  clear(): void {
    if (this.#drawn) this.#output.write(`${HOME}${CLEAR}`);
    this.#drawn = false;
    // draw again at the next update
    if (this.#output.isTTY === true) this.#lastShown = Number.NEGATIVE_INFINITY;
  }

  #rate(time: number, done: number): number {
    this.#samples.push({ time, done });
    while (this.#samples.length > 2 && time - this.#samples[1]!.time > RATE_WINDOW) this.#samples.shift();
    const first = this.#samples[0]!;
    return time > first.time ? (done - first.done) / (time - first.time) : 0;
  }

  #facts({ done, note }: ProgressStep, rate: number): string[] {
    const speed = rate > 0 ? [`${count(rate)} ${this.#unit}/s`] : [];
    const left =
      rate > 0 && this.#total !== null
        ? [`${this.#atMost}${duration(Math.max(0, this.#total - done) / rate)} left`]
        : [];
    return [...speed, ...left, ...(note === undefined ? [] : [note])];
  }

  #amount({ done }: ProgressStep): string {
    if (this.#total === null) return `${count(done)} ${this.#unit}`;
    return `${Math.floor(100 * shareOf(done, this.#total))} %`;
  }

  #bar(step: ProgressStep, facts: string): string {
    const width = Math.max(40, Math.min(this.#output.columns ?? 80, 120)) - 1;
    const amount = this.#amount(step).padStart(5);
    // spaces, the ends of the bar and the amount take 12 characters
    const cells = Math.max(8, Math.min(30, width - step.title.length - facts.length - 12));
    const bar = this.#total === null ? "" : `${blocks(shareOf(step.done, this.#total), cells)} `;
    const line = `${step.title}  ${bar}${amount}  ${facts}`;
    return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
  }
}

/** Throws unless `output` can be written to. */
export function checkOutput(where: string, output: ProgressOutput): void {
  if (typeof Object(output).write === "function") return;
  throw wrongKind(where, "output", "a stream such as process.stderr", output);
}

/** The share that is done; all of nothing is. */
function shareOf(done: number, total: number): number {
  return total === 0 ? 1 : Math.min(1, done / total);
}

/** A bar of `cells` characters, exact to an eighth of one. */
function blocks(share: number, cells: number): string {
  const eighths = Math.round(share * cells * 8);
  const full = Math.floor(eighths / 8);
  const part = " ▏▎▍▌▋▊▉"[eighths % 8]!;
  return `▕${"█".repeat(full)}${full < cells ? part + " ".repeat(cells - full - 1) : ""}▏`;
}
