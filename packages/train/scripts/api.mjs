// Writes or checks (without --local) the API report of every entry point: one api-extractor*.json each.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const configs = readdirSync(".").filter((name) => /^api-extractor.*\.json$/.test(name));
for (const config of configs) {
  const { status } = spawnSync("api-extractor", ["run", "-c", config, ...process.argv.slice(2)], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
