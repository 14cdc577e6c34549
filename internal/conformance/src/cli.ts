#!/usr/bin/env node
import { main } from "./main.ts";

process.exitCode = main(process.argv.slice(2), {
  base: process.env.INIT_CWD ?? process.cwd(),
  print: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
});
