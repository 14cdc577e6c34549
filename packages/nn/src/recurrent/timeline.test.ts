import { describe, expect, it } from "vitest";
import { Timeline } from "./timeline.ts";

function visits(timeline: Timeline, way: "forward" | "backward"): number[][] {
  const seen: number[][] = [];
  timeline[way]((...step) => seen.push(step));
  return seen;
}

describe("Timeline", () => {
  it("reads one slot and writes the next", () => {
    expect(visits(new Timeline(3, 2, false, null), "forward")).toEqual([
      [0, 0, 2, 2],
      [2, 2, 4, 2],
      [4, 4, 6, 2],
    ]);
  });

  it("runs from the last step in reverse", () => {
    expect(visits(new Timeline(2, 1, true, null), "forward")).toEqual([
      [1, 2, 1, 1],
      [0, 1, 0, 1],
    ]);
  });

  it.each([false, true])("walks back through the same steps (reverse: %s)", (reverse) => {
    const timeline = new Timeline(4, 3, reverse, new Int32Array([3, 2, 2, 0]));
    expect(visits(timeline, "backward")).toEqual(visits(timeline, "forward").reverse());
  });

  it("places the initial, previous, later and final states", () => {
    const initial = new Float32Array([1, 2]); // N 1, size 2
    const forward = new Timeline(2, 1, false, null);
    const slots = forward.slots(initial, 2);
    slots.set([3, 4, 5, 6], 2);
    expect([...forward.previous(slots, 2)]).toEqual([1, 2, 3, 4]);
    expect([...forward.output(slots, 2)]).toEqual([3, 4, 5, 6]);
    expect([...forward.final(slots, 2)]).toEqual([5, 6]);

    const reverse = new Timeline(2, 1, true, null);
    const reversed = reverse.slots(initial, 2);
    reversed.set([3, 4, 5, 6]);
    expect([...reversed]).toEqual([3, 4, 5, 6, 1, 2]);
    expect([...reverse.previous(reversed, 2)]).toEqual([5, 6, 1, 2]);
    expect([...reverse.output(reversed, 2)]).toEqual([3, 4, 5, 6]);
    expect([...reverse.final(reversed, 2)]).toEqual([3, 4]);
  });

  it("keeps the state of rows that are past their end, and shows zeros for them", () => {
    const timeline = new Timeline(1, 2, false, new Int32Array([1]));
    const slots = timeline.slots(new Float32Array([1, 2]), 1);
    slots[2] = 9;
    timeline.keep(slots, 1, 0, 2, 1);
    expect([...timeline.final(slots, 1)]).toEqual([9, 2]);
    expect([...timeline.output(slots, 1)]).toEqual([9, 0]);
  });
});
