import { existsSync } from "node:fs";
import { join } from "node:path";
import { findChromium, launch, type StaticServer, serve } from "@internal/testing/browser";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const site = join(import.meta.dirname, "../.vitepress/dist");
const chromium = findChromium();
if (chromium === null) console.log("site tests skipped: no Chromium on the PATH and $CHROMIUM is not set");

describe.skipIf(chromium === null)("the site in Chromium", () => {
  let browser: Browser;
  let server: StaticServer;

  beforeAll(async () => {
    if (!existsSync(site)) throw new Error("docs/.vitepress/dist is missing; npm run build makes it");
    server = await serve(site);
    browser = await launch(chromium as string);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test("the course's live component follows what is typed, as text", async () => {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(`${server.url}course/text-to-numbers`, { waitUntil: "networkidle" });
    const ids = page.locator(".ids span");
    expect((await ids.allTextContents()).map((text) => text.trim())).toEqual(["2", "0", "0", "5", "6"]);
    await page.getByLabel("Sentence to turn into numbers").fill("<b>We</b> are learning AI");
    await page.getByLabel("Words to keep").fill("20");
    expect(await page.locator(".bench .chips b b").count()).toBe(0);
    expect((await ids.allTextContents()).map((text) => text.trim())).toEqual(["0", "4", "7", "2", "1"]);
    await page.getByLabel("Words to keep").fill("");
    expect(await page.locator(".bench [role=alert]").textContent()).toMatch(/maxTokens/);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("the reference explains LSTM and its forward on one page", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}reference/nn.lstm.html`, { waitUntil: "networkidle" });
    expect(await page.locator("h2#member-forward").textContent()).toMatch(/LSTM\.forward\(\)/);
    await page.getByRole("link", { name: "@rnn/train/log" }).first().click();
    await page.getByRole("heading", { name: "train/log package" }).waitFor();
    await page.close();
  });
});
