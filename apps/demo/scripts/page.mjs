// Serves the built page with the model that `npm start` saved; trains that model first if there is none.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { preview } from "vite";

const app = dirname(dirname(fileURLToPath(import.meta.url)));
// npm start saves in the folder that it is called from
const folder = process.env.INIT_CWD ?? process.cwd();
const model = join(folder, "models/sentiment/model.safetensors");

const port = portFrom(process.env.PORT);
if (!existsSync(model)) {
  console.log("no model yet: training one as npm start does");
  const { status } = spawnSync(process.execPath, [join(app, "dist/cli.js")], {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
mkdirSync(join(app, "dist/page/model"), { recursive: true });
cpSync(model, join(app, "dist/page/model/model.safetensors"));

const server = await preview({ root: app, preview: { port } });
server.printUrls();
console.log("  Ctrl-C ends it");

/** The port to serve on; a value that is none ends the program with one line. */
function portFrom(text) {
  if (text === undefined || text === "") return 4173;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  process.stderr.write(`PORT=${text}: expected a port from 0 to 65535\n`);
  process.exit(2);
}
