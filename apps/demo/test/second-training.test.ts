import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { main } from "../src/main.ts";

it("a forecaster that is trained again shows how far it is, too", async () => {
  const folder = await mkdtemp(join(tmpdir(), "demo-again-"));
  const data = join(folder, "series.csv");
  const rows = Array.from({ length: 120 }, (_, n) => {
    const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    return `${day},${100 + (n % 7)}`;
  });
  await writeFile(data, ["date,value", ...rows, ""].join("\n"));
  let written = "";
  const terminal = { write: (text: string) => (written += text), isTTY: true, columns: 80 };
  const streams = { out: terminal, err: terminal, input: (async function* () {})(), env: { NO_COLOR: "1" } };
  const args = ["train", "--task=forecast", `--data=${data}`, "--epochs=2", "--hidden=4", "--output", folder];
  expect(await main(args, streams)).toBe(0);
  await rm(folder, { recursive: true });
  const [first, second] = written.split(/training again for [12] epochs?, on all \d+ windows/);
  expect(first).toContain("\repoch 1/2  ▕");
  expect(second).toMatch(/\repoch 1\/[12] {2}▕/);
  // nothing of the bar is left on the line where the report goes on
  expect(second).toContain("\r\u001b[Kall 2 epochs done");
});
