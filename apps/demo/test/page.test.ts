/// <reference lib="dom" />
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { findChromium, launch, type StaticServer, serve } from "@internal/testing/browser";
import { Generator } from "@rnn/tensor";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TextClassifier } from "../src/tasks/classification/model.ts";
import { encodeModel } from "../src/tasks/classification/saved/model-file.ts";
import { buildVocabulary } from "../src/tasks/classification/text-task.ts";

const built = fileURLToPath(new URL("../dist/page", import.meta.url));
const chromium = findChromium();
if (chromium === null) console.log("page tests skipped: no Chromium on the PATH and $CHROMIUM is not set");

/** A saved model as `npm start` leaves it, untrained. */
function savedModel(metrics: Readonly<Record<string, number>> = { "validation accuracy": 0.8 }): Uint8Array {
  const vocabulary = buildVocabulary(["good food , bad service"], { maxWords: 100, minCount: 1 });
  const sizes = { embedding: 4, hidden: 5, layers: 1, directions: 2, pooling: "max", dropout: 0 } as const;
  const config = { ...sizes, kind: "recurrent", cell: "gru", words: vocabulary.length, classes: 2 } as const;
  const task = { vocabulary, labels: ["negative", "positive"], maxLength: 50, threshold: 0 };
  const note = { data: "test", seed: 0, epochs: 1, metrics };
  return encodeModel({ model: new TextClassifier(config, new Generator(0)), task, note });
}

/** Waits until the line under the form begins with these words. */
async function progress(page: Page, start: string): Promise<void> {
  await page.locator("#progress", { hasText: new RegExp(`^${start}`) }).waitFor({ timeout: 60_000 });
}

describe.skipIf(chromium === null)("the page in Chromium", () => {
  let browser: Browser;
  let server: StaticServer | null = null;

  beforeAll(async () => {
    if (!existsSync(built)) throw new Error("apps/demo/dist/page is missing; npm run build makes it");
    browser = await launch(chromium as string);
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await server?.close();
    server = null;
  });

  /** Opens the page; problems it reports and requests it makes later are collected. */
  async function open(
    files: ReadonlyMap<string, Uint8Array> = new Map([["/model/model.safetensors", savedModel()]]),
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ page: Page; problems: string[]; requests: string[] }> {
    server = await serve(built, files, headers);
    const page = await browser.newPage();
    const problems: string[] = [];
    const requests: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(server.url, { waitUntil: "networkidle" });
    page.on("request", (request) => requests.push(request.url()));
    return { page, problems, requests };
  }

  test("shows tokens, ids, a heat map and a prediction, and follows what is typed", async () => {
    const { page, problems, requests } = await open();
    await page.fill("#sentence", "Good food, bad zzz");
    expect(await page.locator(".token b").allTextContents()).toEqual(["good", "food", ",", "bad", "zzz"]);
    expect(await page.locator(".token .id").allTextContents()).toEqual(["5", "4", "2", "3", "0"]);
    expect(await page.locator(".token.unknown b").allTextContents()).toEqual(["zzz"]);
    expect(await page.textContent("#verdict")).toMatch(/^(negative|positive), \d+\.\d % sure$/);
    const map = await page.locator("#states").evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const pixels = canvas.getContext("2d")!.getImageData(0, 0, width, height).data;
      return { width, height, colours: new Set(new Uint32Array(pixels.buffer)).size };
    });
    expect(map).toMatchObject({ width: 5, height: 10 });
    expect(map.colours).toBeGreaterThan(20);
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await page.close();
  });

  test("treats what is typed as text, never as HTML", async () => {
    const { page } = await open();
    await page.fill("#sentence", '<img src=x onerror="window.hacked=1"> <b>bold</b>');
    expect(await page.locator(".tokens img, .tokens b b, #verdict *").count()).toBe(0);
    expect((await page.locator(".token b").allTextContents()).join(" ")).toContain("<img");
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    await page.close();
  });

  test("trains in a worker, keeps reading meanwhile, and reads with the new model", async () => {
    const { page, problems, requests } = await open();
    await page.fill("#training input[name=hidden]", "8");
    await page.fill("#training input[name=epochs]", "2");
    await page.click("#start");
    await progress(page, "Epoch");
    await page.fill("#sentence", "bad food");
    expect(await page.locator(".token b").allTextContents()).toEqual(["bad", "food"]);
    await progress(page, "Done");
    expect(await page.locator("#loss canvas").count()).toBe(1);
    expect(await page.isChecked("input[name=reader][value=live]")).toBe(true);
    await page.fill("#sentence", "this was a great film, I loved it");
    expect(await page.locator("#states").evaluate((canvas: HTMLCanvasElement) => canvas.height)).toBe(8);
    expect(await page.locator(".token.unknown").count()).toBe(0);
    expect(problems).toEqual([]);
    expect(requests).toEqual([]);
    await page.close();
  });

  test("pauses, resumes and stops", async () => {
    const { page } = await open();
    await page.fill("#training input[name=epochs]", "100");
    await page.click("#start");
    await progress(page, "Epoch");
    await page.click("#pause");
    expect(await page.textContent("#progress")).toBe("Paused.");
    await page.click("#pause");
    await progress(page, "Epoch");
    await page.click("#stop");
    await progress(page, "Stopped");
    expect(await page.isEnabled("#start")).toBe(true);
    await page.close();
  });

  test("works without WebAssembly, under a policy that forbids it", async () => {
    const files = new Map([["/model/model.safetensors", savedModel()]]);
    const { page } = await open(files, { "content-security-policy": "script-src 'self'" });
    expect(await page.textContent("#backend")).toBe("js");
    expect(await page.textContent("#verdict")).toMatch(/% sure$/);
    await page.close();
  });

  test("says that there is no saved model, and how to get one", async () => {
    const { page } = await open(new Map());
    expect(await page.textContent("#saved-name")).toBe(
      "no saved model: there is none beside the page; run npm start, then npm run demo",
    );
    await page.close();
  });

  test("names the saved model with its accuracy, or without one if its training was stopped before there was any", async () => {
    const described = async (model: Uint8Array) => {
      const { page } = await open(new Map([["/model/model.safetensors", model]]));
      const text = await page.textContent("#saved-name");
      await page.close();
      await server?.close();
      return text;
    };
    expect(await described(savedModel())).toBe("the saved model (GRU, 10 units, 80.0 % on validation)");
    expect(await described(savedModel({}))).toBe("the saved model (GRU, 10 units)");
  });

  test("has no accessibility violation that axe finds", async () => {
    const { page } = await open();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      return (await axe.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
      );
    });
    expect(violations).toEqual([]);
    await page.close();
  });
});
