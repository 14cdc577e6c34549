/// <reference lib="dom" />
import { fileURLToPath } from "node:url";
import { expectClose } from "@internal/testing";
import { findChromium, launch, type StaticServer, serve } from "@internal/testing/browser";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "./page/network.ts";

const folder = fileURLToPath(new URL("page", import.meta.url));
const chromium = findChromium();
if (chromium === null) console.log("page tests skipped: no Chromium on the PATH and $CHROMIUM is not set");

const isolated = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

describe.skipIf(chromium === null)("replicas in web workers", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  const files = new Map<string, Uint8Array>();
  const servers: StaticServer[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: ["train", "replica", "broken"].map((name) => `${folder}/${name}.ts`),
      outdir: "/",
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      conditions: ["@rnn/source"],
      logLevel: "error",
    });
    for (const { path, contents } of outputFiles) files.set(path, contents);
    files.set(
      "/index.html",
      new TextEncoder().encode('<!doctype html><script type="module" src="train.js"></script>'),
    );
    browser = await launch(chromium as string);
  });
  afterAll(async () => {
    await browser?.close();
    for (const server of servers) await server.close();
  });

  async function open(headers: Record<string, string>) {
    const server = await serve(folder, files, headers);
    servers.push(server);
    const page = await browser.newPage();
    await page.goto(server.url, { waitUntil: "networkidle" });
    return (parallel: number | undefined, replica = "replica.js"): Promise<Report> =>
      page.evaluate(([count, module]) => globalThis.train(count, module), [parallel, replica] as const);
  }

  test("train as one thread does, and leave the page its event loop", async () => {
    const train = await open(isolated);
    const alone = await train(undefined);
    const together = await train(2);
    expect(alone.losses).toHaveLength(12);
    expectClose(together.losses, alone.losses, { rtol: 1e-4, atol: 1e-6 }); // rounded in another order, 12 steps
    expect(together.notices).toEqual([]);
    expect(together.turns).toBeGreaterThan(2);
  });

  test("tell what is wrong with them", async () => {
    const train = await open(isolated);
    await expect(train(1, "broken.js")).rejects.toThrow(
      "fit: replica 1 of 1: Uncaught Error: no such vocabulary",
    );
    await expect(train(1, "missing.js")).rejects.toThrow("fit: replica 1 of 1: its module could not be run");
  });

  test("in a page that is not isolated there are none, and a notice", async () => {
    const train = await open({});
    const { losses, notices } = await train(2);
    expect(losses).toHaveLength(12);
    expect(notices).toEqual([
      expect.stringMatching(/^parallel: 2 is not possible here, so one thread does all: there is no Sh/),
    ]);
  });
});

declare global {
  var train: (parallel: number | undefined, replica: string) => Promise<Report>;
}
