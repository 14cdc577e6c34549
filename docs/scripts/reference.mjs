// Writes reference/*.md, one page per public symbol, from the API models that API Extractor left in packages/*/temp.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const docs = dirname(dirname(fileURLToPath(import.meta.url)));
const models = mkdtempSync(join(tmpdir(), "api-models-"));
for (const name of ["text", "tensor", "nn", "train"])
  cpSync(join(docs, `../packages/${name}/temp/${name}.api.json`), join(models, `${name}.api.json`));

const reference = join(docs, "reference");
rmSync(reference, { recursive: true, force: true });
mkdirSync(reference);
const documenter = createRequire(import.meta.url).resolve("@microsoft/api-documenter/lib/start.js");
execFileSync(
  process.execPath,
  [documenter, "markdown", "--input-folder", models, "--output-folder", reference],
  {
    stdio: ["ignore", "ignore", "inherit"],
  },
);
rmSync(models, { recursive: true });
