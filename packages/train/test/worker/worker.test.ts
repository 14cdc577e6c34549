import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { expectClose } from "@internal/testing";
import { findChromium, launch, type StaticServer, serve } from "@internal/testing/browser";
import { Linear } from "@rnn/nn";
import { serveTraining, trainInWorker } from "@rnn/train/worker";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect, only } from "../toy.ts";
import type { Page } from "./page.ts";
import { type Settings, train } from "./training.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Modules of this folder and all they import, from source. */
async function bundled(names: string[], platform: "node" | "browser"): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => join(folder, `${name}.ts`)),
    outdir: "/",
    bundle: true,
    write: false,
    format: platform === "node" ? "cjs" : "esm",
    platform,
    target: "es2022",
    conditions: ["@rnn/source"],
    logLevel: "error",
  });
  return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
}

describe("a worker of Node", () => {
  let code = "";
  beforeAll(async () => {
    code = new TextDecoder().decode((await bundled(["module"], "node")).get("/module.js"));
  });
  const start = () => new Worker(code, { eval: true });
  const untimed = (events: object[]) => events.map((event) => ({ ...event, seconds: 0 }));

  test("gives the events and weights of a training here", async () => {
    const here = train({ epochs: 4 });
    const model = new Linear({ inFeatures: 1, outFeatures: 1 });
    const settings: Settings = { epochs: 4 };
    const there = await collect(trainInWorker(start, { settings, model }));
    expect(untimed(there.events)).toEqual(untimed((await collect(here.events)).events));
    expect([...model.weight.value.data]).toEqual([...here.model.weight.value.data]);
  });

  test("can have replicas in workers of its own", async () => {
    const codes = await bundled(["replicated-node", "replica"], "node");
    const [main, replica] = ["/replicated-node.js", "/replica.js"].map((path) =>
      new TextDecoder().decode(codes.get(path)),
    );
    const settings: Settings = { epochs: 30, batchSize: 3 };
    const model = new Linear({ inFeatures: 1, outFeatures: 1 });
    const starter = () => new Worker(main!, { eval: true, workerData: replica });
    const { events, error } = await collect(trainInWorker(starter, { settings, model }));
    expect(error).toBe(null);
    expect(only(events, "notice")).toEqual([]);
    expect(only(events, "end")[0]?.reason).toBe("completed");
    const here = train(settings);
    await collect(here.events);
    expectClose(model.weight.value.data, here.model.weight.value.data, { rtol: 1e-5, atol: 1e-6 }); // 30 steps
  });

  test("can be aborted, also while it is paused", async () => {
    const signal = { aborted: false };
    const pause = { paused: false };
    const seen: number[] = [];
    const settings: Settings = { epochs: 1_000_000 };
    for await (const event of trainInWorker(start, { settings, signal, pause })) {
      if (event.type === "end") {
        expect(event.reason).toBe("aborted");
        break;
      }
      seen.push(performance.now());
      if (seen.length !== 5) continue;
      pause.paused = true;
      setTimeout(() => {
        signal.aborted = true;
      }, 200);
    }
    // it stood still for a while
    const gaps = seen.slice(1).map((time, k) => time - seen[k]!);
    expect(Math.max(...gaps, performance.now() - seen.at(-1)!)).toBeGreaterThan(50);
  });

  test("ends when the caller leaves", async () => {
    let ended = false;
    const worker = start();
    worker.on("exit", () => {
      ended = true;
    });
    for await (const event of trainInWorker(() => worker, { settings: { epochs: 1_000_000 } })) {
      if (event.type === "step") break;
    }
    await expect.poll(() => ended).toBe(true);
  });

  test.each<[Settings["failure"], string]>([
    ["begin", "no such data"],
    ["loss", "out of paper"],
    ["exit", "trainInWorker: the worker ended before the training"],
    ["nothing", "serveTraining: model must be a Module, got undefined"],
  ])("tells what went wrong: %s", async (failure, message) => {
    const { error } = await collect(trainInWorker(start, { settings: { epochs: 1, failure } }));
    expect((error as Error).message).toBe(message);
  });

  test("the error in the worker is the cause of the one here", async () => {
    const { error } = await collect(trainInWorker(start, { settings: { epochs: 1, failure: "loss" } }));
    const { cause } = error as Error;
    expect(cause).toBeInstanceOf(Error);
    expect((cause as Error).stack).toMatch(/^Error: out of paper\n +at /);
  });

  test("arguments are checked", async () => {
    const first = (...given: unknown[]) =>
      (trainInWorker as (...args: unknown[]) => AsyncGenerator)(...given).next();
    await expect(first(5)).rejects.toThrow(
      new TypeError("trainInWorker: start must be a function, got 5; pass a function that starts the worker"),
    );
    await expect(first(start, { model: 5 })).rejects.toThrow(
      new TypeError("trainInWorker: model must be a Module, got 5"),
    );
    await expect(first(start, { epochs: 5 })).rejects.toThrow(
      new TypeError('trainInWorker: unknown option "epochs"; options are settings, model, signal, pause'),
    );
    expect(() => serveTraining(5 as never)).toThrow(
      new TypeError("serveTraining: begin must be a function, got 5"),
    );
  });

  test("the example trains and prints what it says", async () => {
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const text = readFileSync(join(root, "src/worker/serve-training.ts"), "utf8").replaceAll(/^ \* ?/gm, "");
    mkdirSync(join(root, "temp"), { recursive: true });
    const scratch = mkdtempSync(join(root, "temp", "worker-"));
    try {
      for (const [, name, block] of text.matchAll(/^```ts (\S+)\n(.*?)^```$/gms)) {
        writeFileSync(join(scratch, name!), block!);
      }
      await build({
        entryPoints: ["main.ts", "training.ts"].map((name) => join(scratch, name)),
        outdir: scratch,
        bundle: true,
        format: "esm",
        platform: "node",
        conditions: ["@rnn/source"],
        logLevel: "error",
      });
      writeFileSync(join(scratch, "package.json"), '{"type":"module"}');
      const { stdout } = await promisify(execFile)(process.execPath, [join(scratch, "main.js")]);
      expect(stdout).toBe("completed 100 epochs\n20.50\n");
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});

const chromium = findChromium();
if (chromium === null) console.log("page tests skipped: no Chromium on the PATH and $CHROMIUM is not set");

describe.skipIf(chromium === null)("a worker of a browser", () => {
  let browser: Awaited<ReturnType<typeof launch>>;
  let server: StaticServer;
  beforeAll(async () => {
    const names = ["module", "page", "replicated-page", "replica"];
    const files = await bundled(names, "browser");
    const html = '<!doctype html><script type="module" src="page.js"></script>';
    files.set("/index.html", new TextEncoder().encode(html));
    const isolated = {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    };
    server = await serve(folder, files, isolated);
    browser = await launch(chromium as string);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("gives the same events, and the weights", async () => {
    const page = await browser.newPage();
    await page.goto(server.url, { waitUntil: "networkidle" });
    const { events, weight } = await page.evaluate(() => (globalThis as Page).trainOn!({ epochs: 4 }));
    const here = train({ epochs: 4 });
    const expected = (await collect(here.events)).events;
    expect(events.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
    expect(only(events, "end")[0]?.reason).toBe("completed");
    expect(weight).toBeCloseTo(here.model.weight.item(), 5);
  });

  test("can have replicas in workers of its own", async () => {
    const page = await browser.newPage();
    await page.goto(server.url, { waitUntil: "networkidle" });
    const settings: Settings = { epochs: 30, batchSize: 3 };
    const { events, weight } = await page.evaluate(
      (settings) => (globalThis as Page).trainOn!(settings, "replicated-page.js"),
      settings,
    );
    expect(only(events, "notice")).toEqual([]);
    const here = train(settings);
    await collect(here.events);
    expect(weight).toBeCloseTo(here.model.weight.item(), 5);
  });
});
