import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("../scripts/page.mjs", import.meta.url));

it.each(["abc", "70000", "-1", "80.5"])("PORT=%s is refused in one line", (port) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
    env: { ...process.env, PORT: port },
    encoding: "utf8",
  });
  expect([status, stdout, stderr]).toEqual([2, "", `PORT=${port}: expected a port from 0 to 65535\n`]);
});
