// Writes reference/*.md, one page per public symbol, from the declarations of the built packages.
//
// The documenter knows one entry point per package, so @rnn/train/log goes through it as a package "@rnn/train-log".
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

const docs = dirname(dirname(fileURLToPath(import.meta.url)));
const reference = join(docs, "reference");
const scratch = mkdtempSync(join(tmpdir(), "api-"));
try {
  writeReference(documentModels());
} finally {
  rmSync(scratch, { recursive: true });
}

/** Writes one Markdown file for every symbol and every member of one; returns their folder. */
function documentModels() {
  const models = join(scratch, "models");
  for (const name of ["text", "tensor", "nn", "train"]) {
    for (const config of configsOf(name)) writeModel(name, config, models);
  }
  const documenter = join(docs, "node_modules/@microsoft/api-documenter/bin/api-documenter");
  const output = join(scratch, "markdown");
  const args = [documenter, "markdown", "--input-folder", models, "--output-folder", output];
  execFileSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  return output;
}

/** The API Extractor configurations of a package: `api-extractor.json`, and `api-extractor.log.json` for `/log`. */
function configsOf(name) {
  const files = readdirSync(join(docs, `../packages/${name}`));
  return files.filter((file) => /^api-extractor(\.\w+)?\.json$/.test(file));
}

/** The API model of an entry point. Whether its API report is up to date is not asked here: `npm run api` does. */
function writeModel(name, configFile, folder) {
  const configObjectFullPath = join(docs, `../packages/${name}/${configFile}`);
  const [, entry] = configFile.match(/^api-extractor\.(\w+)\.json$/) ?? [];
  const file = join(folder, `${entry === undefined ? name : `${name}-${entry}`}.api.json`);
  const configObject = ExtractorConfig.loadFile(configObjectFullPath);
  configObject.apiReport = { enabled: false };
  configObject.docModel = { enabled: true, apiJsonFilePath: file };
  const packageJsonFullPath = join(docs, `../packages/${name}/package.json`);
  const config = ExtractorConfig.prepare({ configObject, configObjectFullPath, packageJsonFullPath });
  const { errorCount } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (message) => {
      message.handled = message.logLevel !== "error";
    },
  });
  if (errorCount > 0) throw new Error(`API Extractor found ${errorCount} errors in @rnn/${name}`);
  if (entry !== undefined) renamePackage(file, `@rnn/${name}`, `@rnn/${name}-${entry}`);
}

/** Renames the package of an API model, in its name and in all references. */
function renamePackage(file, from, to) {
  const model = readFileSync(file, "utf8");
  writeFileSync(
    file,
    model.replaceAll(`"${from}!`, `"${to}!`).replace(`"name": "${from}"`, `"name": "${to}"`),
  );
}

/** Puts members on the page of their symbol: `nn.lstm.forward.md` becomes a section of `nn.lstm.md`. */
function writeReference(markdown) {
  const pages = new Map();
  for (const file of readdirSync(markdown).sort(bySegments)) {
    const { page, member } = placeOf(file);
    const text = body(readFileSync(join(markdown, file), "utf8"));
    pages.set(page, pages.has(page) ? `${pages.get(page)}\n${asSection(text, member)}` : text);
  }
  rmSync(reference, { recursive: true, force: true });
  mkdirSync(reference);
  for (const [page, text] of pages) writeFileSync(join(reference, page), text);
}

/** A symbol's own page comes before its members. */
function bySegments(a, b) {
  return a.split(".").length - b.split(".").length || (a < b ? -1 : 1);
}

function placeOf(file) {
  const [name, symbol, ...member] = file.replace(/\.md$/, "").split(".");
  const page = symbol === undefined ? `${name}.md` : `${name}.${symbol}.md`;
  return { page, member: member.join("-") };
}

/** The text with plain line ends, without its first comment, with links that go to the merged pages. */
function body(text) {
  return (
    text
      .replaceAll("\r\n", "\n")
      .replaceAll(/@rnn\/(\w+)-(\w+)/g, "@rnn/$1/$2")
      .replace(/^## (\w+)-(\w+) package$/m, "## $1/$2 package")
      // a paragraph that is an object type would be read as attributes of the one before
      .replace(/(?<=\n\n)(\{ .*\})(?=\n\n)/g, "$1<!-- -->")
      .replace(/^<!--.*-->\n/, "")
      .replace(/\]\(\.\/([^)]+\.md)\)/g, (_link, file) => {
        const { page, member } = placeOf(file);
        return `](./${page}${member === "" ? "" : `#member-${member}`})`;
      })
  );
}

/** A member's page as a section: without the way back, its own heading with an anchor, the inner ones one level deeper. */
function asSection(text, member) {
  const [, title, ...inner] = text.split("\n## ");
  const [heading, ...rest] = title.split("\n");
  return [`## ${heading} {#member-${member}}`, ...rest, ...inner.map((part) => `### ${part}`)].join("\n");
}
