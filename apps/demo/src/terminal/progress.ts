import { count, duration, shorten } from "./format.ts";
import { type Output, widthOf } from "./output.ts";

/** Redraws of the bar, and lines where there is none, are at least this far apart, in seconds. */
const REDRAW = 0.1;
const PLAIN_LINE = 10;
/** The rate is the mean over this many seconds. */
const RATE_WINDOW = 5;

/** What a progress line says. */
export interface Step {
  /** In front of the bar, for example "epoch 3/30". */
  readonly title: string;
  /** Items done so far, of the total. */
  readonly done: number;
  /** After the time left, for example "loss 0.412". */
  readonly note?: string | undefined;
}

/**
 * Progress of work whose size is known: a bar with rate and time left on a terminal, otherwise a line now and then.
 */
export class Progress {
  readonly #output: Output;
  readonly #total: number;
  readonly #unit: string;
  readonly #seconds: () => number;
  readonly #samples: { time: number; done: number }[];
  #lastShown: number;
  #drawn = false;

  /** Shows progress of `total` items called `unit`; `seconds` is a clock. */
  constructor(
    output: Output,
    total: number,
    unit: string,
    seconds: () => number = () => performance.now() / 1000,
  ) {
    this.#output = output;
    this.#total = total;
    this.#unit = unit;
    this.#seconds = seconds;
    this.#samples = [{ time: seconds(), done: 0 }];
    this.#lastShown = output.isTTY === true ? -Infinity : seconds();
  }

  /** Reports how far the work is; draws only as often as eyes can follow. */
  update(step: Step): void {
    const time = this.#seconds();
    const rate = this.#rate(time, step.done);
    const terminal = this.#output.isTTY === true;
    if (time - this.#lastShown < (terminal ? REDRAW : PLAIN_LINE)) return;
    this.#lastShown = time;
    if (terminal) {
      this.#output.write(`\r${this.#bar(step, rate)}\u001b[K`);
      this.#drawn = true;
    } else {
      this.#output.write(
        `${[`${step.title}: ${percent(step.done / this.#total)}`, ...this.#facts(step, rate)].join(", ")}\n`,
      );
    }
  }

  /** Takes the bar away, before other output or at the end. */
  clear(): void {
    if (this.#drawn) this.#output.write("\r\u001b[K");
    this.#drawn = false;
    // draw again at the next update
    if (this.#output.isTTY === true) this.#lastShown = -Infinity;
  }

  #rate(time: number, done: number): number {
    this.#samples.push({ time, done });
    while (this.#samples.length > 2 && time - this.#samples[1]!.time > RATE_WINDOW) this.#samples.shift();
    const first = this.#samples[0]!;
    return time > first.time ? (done - first.done) / (time - first.time) : 0;
  }

  #facts(step: Step, rate: number): string[] {
    const facts: string[] = [];
    if (rate > 0) {
      facts.push(
        `${count(rate)} ${this.#unit}/s`,
        `at most ${duration((this.#total - step.done) / rate)} left`,
      );
    }
    if (step.note !== undefined) facts.push(step.note);
    return facts;
  }

  #bar(step: Step, rate: number): string {
    const share = Math.min(1, step.done / this.#total);
    const facts = this.#facts(step, rate).join("  ");
    const width = widthOf(this.#output) - 1;
    const cells = Math.max(8, Math.min(30, width - step.title.length - facts.length - 10));
    return shorten(`${step.title}  ${blocks(share, cells)} ${percent(share).padStart(5)}  ${facts}`, width);
  }
}

/** A bar of `cells` characters, exact to an eighth of one. */
export function blocks(share: number, cells: number): string {
  const eighths = Math.round(share * cells * 8);
  const full = Math.floor(eighths / 8);
  const part = " ▏▎▍▌▋▊▉"[eighths % 8]!;
  return `▕${"█".repeat(full)}${full < cells ? part + " ".repeat(cells - full - 1) : ""}▏`;
}

function percent(share: number): string {
  return `${Math.floor(100 * share)} %`;
}
