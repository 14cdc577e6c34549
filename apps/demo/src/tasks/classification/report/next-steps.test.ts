import { describe, expect, it } from "vitest";
import { nextSteps } from "./next-steps.ts";

describe("nextSteps", () => {
  it("names the page, which shows the model in the default folder", () => {
    const lines = nextSteps("models/sentiment", "recurrent");
    expect(lines[0]).toBe('  npm start -- predict "A sentence of yours."');
    expect(lines[1]).toBe("  npm run demo                        the model at work in a page");
  });

  it("does not name it for a model that the page cannot show", () => {
    expect(nextSteps("models/sentiment", "cnn").join("\n")).not.toContain("npm run demo");
  });

  it("does not name it for a model elsewhere, but says how to use that one", () => {
    const lines = nextSteps("my models/one", "recurrent");
    expect(lines[0]).toBe('  npm start -- predict --model "my models/one" "A sentence of yours."');
    expect(lines.join("\n")).not.toContain("npm run demo");
  });

  it("fits into 80 columns", () => {
    for (const line of nextSteps("models/mine", "recurrent")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
