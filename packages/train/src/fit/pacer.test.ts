import { afterEach, describe, expect, test, vi } from "vitest";
import { Pacer } from "./pacer.ts";
import { nextTask, now } from "./platform.ts";

afterEach(() => vi.unstubAllGlobals());

describe("Pacer", () => {
  /** After which of 12 pieces of work, 1 ms each, the event loop got a turn. */
  async function turns(budget: number): Promise<number[]> {
    let time = 0;
    const seen: number[] = [];
    vi.stubGlobal("performance", { now: () => time });
    vi.stubGlobal("setImmediate", (callback: () => void) => {
      seen.push(time);
      queueMicrotask(callback);
    });
    const pacer = new Pacer(budget);
    for (time = 1; time <= 12; time++) await pacer.breathe();
    return seen;
  }

  test("gives the event loop a turn whenever the budget is used up", async () => {
    expect(await turns(5)).toEqual([5, 10]);
    expect(await turns(4)).toEqual([4, 8, 12]);
  });

  test("gives one after every piece of work with a budget of 0, and none with an infinite one", async () => {
    expect((await turns(0)).length).toBe(12);
    expect(await turns(Number.POSITIVE_INFINITY)).toEqual([]);
  });
});

describe("nextTask", () => {
  /** Whether a timer that was due gets its turn first. */
  async function letsTimersRun(): Promise<boolean> {
    let ran = false;
    const timer = new Promise<void>((resolve) =>
      setTimeout(() => {
        ran = true;
        resolve();
      }, 0),
    );
    const until = Date.now() + 3;
    while (Date.now() < until);
    for (let i = 0; i < 3 && !ran; i++) await nextTask();
    const result = ran;
    await timer;
    return result;
  }

  test("is a turn of the event loop in Node, with messages as in browsers, and with timers alone", async () => {
    expect(await letsTimersRun()).toBe(true);
    vi.stubGlobal("setImmediate", undefined);
    expect(await letsTimersRun()).toBe(true);
    vi.stubGlobal("MessageChannel", undefined);
    expect(await letsTimersRun()).toBe(true);
  });

  test("goes on where there is no event loop at all", async () => {
    for (const name of ["setImmediate", "MessageChannel", "setTimeout"]) vi.stubGlobal(name, undefined);
    await nextTask();
  });
});

test("now falls back to the date", () => {
  vi.stubGlobal("performance", undefined);
  expect(Math.abs(now() - Date.now())).toBeLessThan(1000);
});
