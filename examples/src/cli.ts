import type { Example } from "./example.ts";
import { examples } from "./list.ts";
import { describeOptions, readOptions, UsageError } from "./options.ts";
import { wrap } from "./wrap.ts";

// the reader of the output may stop early, as `| head` does
process.stdout.on("error", () => process.exit());

const [name, ...args] = process.argv.slice(2);
try {
  if (name === undefined || name === "--help" || name === "-h") console.log(await overview());
  else await runExample(name, args);
} catch (error) {
  if (!isUserError(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** Whether an error is about what was typed: a file that does not exist, or a number that the packages refuse. */
function isUserError(error: unknown): error is Error {
  const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
  return error instanceof UsageError || error instanceof RangeError || missing;
}

async function overview(): Promise<string> {
  const width = Math.max(...Object.keys(examples).map(({ length }) => length));
  const lines = Object.entries(examples).map(async ([each, load]) => {
    const { about } = (await load()).default;
    return wrap(`  ${each.padEnd(width)}  ${about}`, width + 4);
  });
  const usage = "usage: npm run example -- NAME [options]\n       npm run example -- NAME --help";
  return [usage, "", ...(await Promise.all(lines))].join("\n");
}

async function runExample(name: string, args: readonly string[]): Promise<void> {
  const load = Object.hasOwn(examples, name) ? examples[name as keyof typeof examples] : undefined;
  if (load === undefined) {
    throw new UsageError(`there is no example "${name}"; there are ${Object.keys(examples).join(", ")}`);
  }
  const { about, defaults, help, run } = (await load()).default as unknown as AnyExample;
  if (args.includes("--help") || args.includes("-h")) {
    console.log(
      `${wrap(about)}\n\nusage: npm run example -- ${name} [options]\n\n${describeOptions(defaults, help)}`,
    );
    return;
  }
  const options = readOptions(args, defaults);
  const before = process.cpuUsage();
  await run(options, (text) => console.log(wrap(text, 2)));
  const { user, system } = process.cpuUsage(before);
  console.log(`\n${((user + system) / 1e6).toFixed(1)} s of CPU time`);
}

/** An example whose options are not known here. */
type AnyExample = Example<Record<string, string | number | boolean>, unknown>;
