import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Interrupt, type SignalSource } from "./interrupt.ts";

/** A process that notes its exits, and a clock to set. */
class Source extends EventEmitter {
  readonly exits: number[] = [];
  time = 1000;
  exit(code: number): void {
    this.exits.push(code);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(): { source: Source; announce: ReturnType<typeof vi.fn>; interrupt: Interrupt } {
  const source = new Source();
  const announce = vi.fn<() => void>();
  const interrupt = new Interrupt(announce, source as unknown as SignalSource, () => source.time);
  return { source, announce, interrupt };
}

describe("Interrupt", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("aborts at the first %s", (signal, code) => {
    const { source, announce, interrupt } = start();
    expect([interrupt.exitCode, interrupt.signal.aborted]).toEqual([undefined, false]);
    source.emit(signal);
    expect([interrupt.exitCode, interrupt.signal.aborted]).toEqual([code, true]);
    expect(announce).toHaveBeenCalledTimes(1);
    expect(source.exits).toEqual([]);
  });

  it.each(["SIGINT", "SIGTERM"])("takes %s within half a second for the same signal", (second) => {
    const { source, announce, interrupt } = start();
    source.emit("SIGINT");
    source.time += 499;
    source.emit(second);
    expect(source.exits).toEqual([]);
    expect(announce).toHaveBeenCalledTimes(1);
    expect(interrupt.exitCode).toBe(130);
  });

  it.each([
    ["SIGINT", "SIGINT", 130],
    ["SIGINT", "SIGTERM", 130],
    ["SIGTERM", "SIGTERM", 143],
  ])("leaves at once at %s and a later %s", (first, second, code) => {
    const { source, announce } = start();
    source.emit(first);
    source.time += 500;
    source.emit(second);
    expect(source.exits).toEqual([code]);
    expect(announce).toHaveBeenCalledTimes(1);
  });

  it("lets go of the signals, after an interrupt not before the echo can have come", () => {
    const quiet = start();
    quiet.interrupt.dispose();
    expect(quiet.source.listenerCount("SIGINT")).toBe(0);
    expect(quiet.source.listenerCount("SIGTERM")).toBe(0);

    const { source, interrupt } = start();
    source.emit("SIGINT");
    interrupt.dispose();
    vi.advanceTimersByTime(499);
    expect(source.listenerCount("SIGINT")).toBe(1);
    vi.advanceTimersByTime(1);
    expect(source.listenerCount("SIGINT")).toBe(0);
    expect(source.listenerCount("SIGTERM")).toBe(0);
  });
});
