import { describe, expect, it } from "vitest";
import { COMMANDS } from "../src/commands/index.ts";
import { TASKS } from "../src/tasks/index.ts";
import { runMain } from "./run-cli.ts";

const names = Object.keys(COMMANDS);

describe("--help", () => {
  it.each([["--help"], ["-h"], ["help"]])("%s lists the commands and the tasks", async (word) => {
    const { code, out, err } = await runMain([word]);
    expect([code, err]).toEqual([0, ""]);
    for (const [name, { summary }] of Object.entries(COMMANDS))
      expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    for (const { name, summary } of TASKS) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
  });

  it.each(names)("%s explains itself with usage, options and examples", async (name) => {
    const { code, out, err } = await runMain([name, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^[A-Z][\s\S]*?\.\n\nusage\n {2}npm /);
    expect(out).toMatch(/\n {2}--help +print this help\n/);
    expect(out).toContain("--json");
    expect(out).toMatch(/\n\nexamples\n( {2}.*npm .*\n(?: {6}--.*\n)*)+$/);
  });

  it("is the same as help in front", async () => {
    expect((await runMain(["help", "predict"])).out).toBe((await runMain(["predict", "--help"])).out);
    expect((await runMain(["help", "predicd"])).err).toBe(
      "predicd: unknown command (did you mean predict?); see --help\n",
    );
  });

  it.each(TASKS.map(({ name }) => name))("train --task %s shows the options of that task", async (name) => {
    const task = TASKS.find((each) => each.name === name)!;
    const { code, out } = await runMain(["train", "--task", name, "--help"]);
    expect(code).toBe(0);
    for (const [title, table] of task.training.groups) {
      expect(out).toContain(`\n${title}\n`);
      for (const option of Object.keys(table)) expect(out).toContain(`\n  --${option}`);
    }
  });
});
