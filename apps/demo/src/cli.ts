import { systemReason } from "./errors.ts";
import { MISTAKE, main } from "./main.ts";
import { StreamOutput } from "./terminal/stream-output.ts";

const out = new StreamOutput(process.stdout);
const err = new StreamOutput(process.stderr);

process.exitCode = await main(process.argv.slice(2), { out, err, input: process.stdin, env: process.env });

await out.flush();
if (out.failure !== undefined) {
  err.write(`standard output: cannot be written: ${systemReason(out.failure)}\n`);
  process.exitCode = MISTAKE;
}
