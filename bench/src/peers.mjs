import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Where the libraries to compare with are installed: outside of the repository. */
export const peersFolder = resolve(process.env.PEERS_DIR ?? join(tmpdir(), "rnn-bench-peers"));

/** Loads an installed peer. */
export const requirePeer = createRequire(join(peersFolder, "package.json"));

/** Installs pinned packages (`{ name: version }`) beside those already there; their install scripts do not run. */
export function installPeers(packages) {
  const missing = Object.entries(packages).filter(([name, version]) => installedVersion(name) !== version);
  if (missing.length === 0) return;
  mkdirSync(peersFolder, { recursive: true });
  const manifest = join(peersFolder, "package.json");
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const names = missing.map(([name, version]) => `${name}@${version}`);
  process.stderr.write(`installing ${names.join(", ")} into ${peersFolder} ...\n`);
  const options = ["--save-exact", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", ...options, ...names], {
    cwd: peersFolder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm install of ${names.join(", ")} failed`);
}

/** Version of an installed peer, `undefined` if it is not there. */
export function installedVersion(name) {
  const manifest = join(peersFolder, "node_modules", name, "package.json");
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : undefined;
}
