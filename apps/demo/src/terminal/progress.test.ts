import { describe, expect, it } from "vitest";
import { blocks, Progress } from "./progress.ts";

function recorder(terminal: boolean) {
  const written: string[] = [];
  return { written, isTTY: terminal, columns: 100, write: (text: string) => written.push(text) };
}

describe("Progress", () => {
  it("draws a bar with rate and time left over the same line of a terminal", () => {
    const output = recorder(true);
    let now = 0;
    const progress = new Progress(output, 1000, "texts", () => now);
    now = 1;
    progress.update({ title: "epoch 1/2", done: 250, note: "loss 0.6" });
    expect(output.written).toEqual([
      `\repoch 1/2  ${blocks(0.25, 30)}  25 %  250 texts/s  at most 3.0 s left  loss 0.6\u001b[K`,
    ]);
    now = 1.01;
    progress.update({ title: "epoch 1/2", done: 251 });
    expect(output.written).toHaveLength(1);
    progress.clear();
    progress.clear();
    expect(output.written.slice(1)).toEqual(["\r\u001b[K"]);
  });

  it("fits the terminal", () => {
    const output = { ...recorder(true), columns: 50 };
    new Progress(output, 10, "texts", () => 0).update({
      title: "epoch 1/2",
      done: 5,
      note: "loss ".repeat(20),
    });
    const line = output.written[0]?.replace("\r", "").replace("\u001b[K", "") ?? "";
    expect(line).toHaveLength(49);
  });

  it("writes whole lines, at most one in ten seconds, elsewhere", () => {
    const output = recorder(false);
    let now = 0;
    const progress = new Progress(output, 1000, "texts", () => now);
    for (now = 1; now <= 25; now++) progress.update({ title: "epoch 1/2", done: now * 10 });
    progress.clear();
    expect(output.written).toEqual([
      "epoch 1/2: 10 %, 10 texts/s, at most 1 min 30 s left\n",
      "epoch 1/2: 20 %, 10 texts/s, at most 1 min 20 s left\n",
    ]);
  });

  it("follows a change of speed", () => {
    const output = recorder(true);
    let now = 0;
    const progress = new Progress(output, 10_000, "texts", () => now);
    for (now = 1; now <= 10; now++) progress.update({ title: "e", done: now });
    for (; now <= 20; now++) progress.update({ title: "e", done: 10 + (now - 10) * 100 });
    expect(output.written.at(-1)).toContain(" 100 texts/s");
  });
});

describe("blocks", () => {
  it("fills to an eighth of a character", () => {
    expect(blocks(0, 4)).toBe("▕    ▏");
    expect(blocks(0.5, 4)).toBe("▕██  ▏");
    expect(blocks(9 / 32, 4)).toBe("▕█▏  ▏");
    expect(blocks(1, 4)).toBe("▕████▏");
  });
});
