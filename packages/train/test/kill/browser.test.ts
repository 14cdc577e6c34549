import { fileURLToPath } from "node:url";
import { findChromium, launch, type StaticServer, serve } from "@internal/testing/browser";
import { Generator } from "@rnn/tensor";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "./page.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const chromium = findChromium();
if (chromium === null) console.log("page tests skipped: no Chromium on the PATH and $CHROMIUM is not set");

describe.skipIf(chromium === null)("checkpoints in a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  let server: StaticServer;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [`${folder}/page.ts`],
      outdir: "/",
      bundle: true,
      write: false,
      format: "esm",
      target: "es2022",
      conditions: ["@rnn/source"],
      logLevel: "error",
    });
    const html = new TextEncoder().encode(
      '<!doctype html><input type="file"><script type="module" src="page.js"></script>',
    );
    const files = new Map<string, Uint8Array>([["/index.html", html]]);
    for (const { path, contents } of outputFiles) files.set(path, contents);
    server = await serve(folder, files);
    browser = await launch(chromium as string);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("a training whose tab is closed at any moment ends with the bytes of one that was not", async () => {
    const context = await browser.newContext();
    const open = async () => {
      const page = await context.newPage();
      await page.goto(server.url, { waitUntil: "networkidle" });
      return page;
    };
    const run = (page: Awaited<ReturnType<typeof open>>, name: string | null) =>
      page.evaluate((of) => (globalThis as Page).trainOn!(of), name);
    const whole = await run(await open(), null);
    const generator = new Generator(3);
    for (let closed = 0; closed < 3; closed++) {
      const page = await open();
      const running = run(page, "network").then(
        () => true,
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, 20 + (generator.uint32() % 60)));
      // the last one leaves a checkpoint, however slow the machine is
      if (closed === 2) {
        await expect
          .poll(() => page.evaluate((of) => (globalThis as Page).isSaved!(of), "network"))
          .toBe(true);
      }
      await page.close();
      await running;
    }
    const last = await run(await open(), "network");
    expect(last.bytes).toEqual(whole.bytes);
    expect(Number(last.begin.slice("start ".length))).toBeGreaterThan(0);
    // another name is another training
    expect((await run(await open(), "another")).begin).toBe("start 0");
  });

  test("a training leaves one browser as a file and goes on in another", async () => {
    const visit = async () => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(server.url, { waitUntil: "networkidle" });
      return page;
    };
    const [here, there] = [await visit(), await visit()];
    expect(await here.evaluate(() => (globalThis as Page).download!("trained"))).toBe(undefined);
    const { bytes } = await here.evaluate(() => (globalThis as Page).trainOn!("trained"));
    const [download, step] = await Promise.all([
      here.waitForEvent("download"),
      here.evaluate(() => (globalThis as Page).download!("trained")),
    ]);
    expect(download.suggestedFilename()).toBe(`checkpoint-${step}.safetensors`);
    await there.setInputFiles("input", await download.path());
    expect(await there.evaluate(() => (globalThis as Page).upload!("carried"))).toBe(step);
    const carried = await there.evaluate(() => (globalThis as Page).trainOn!("carried"));
    expect(carried).toEqual({ bytes, begin: `start ${step}` });
  });
});
