import { parseArgs } from "node:util";
import { allWorkloads, numbered } from "./workloads.mjs";

/** The options of a benchmark; a wrong one ends the program. */
export function readArguments(options) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(error.message);
  }
}

/** The workloads of a list such as "W2,tiny_train"; all without one. */
export function selectedWorkloads(list) {
  if (list === undefined) return allWorkloads;
  return list.split(",").flatMap((name) => {
    const found = numbered[name] ?? (allWorkloads.includes(name) ? [name] : undefined);
    if (found !== undefined) return found;
    const known = `${Object.keys(numbered).join(", ")} or ${allWorkloads.join(", ")}`;
    return fail(`unknown workload "${name}"; expected ${known}`);
  });
}

/** The number that an option gives. */
export function positive(name, text) {
  const value = Number(text);
  return value > 0 ? value : fail(`--${name} must be a number above 0, got "${text}"`);
}

/** Ends the program with a line of explanation. */
export function fail(message) {
  console.error(`bench: ${message}`);
  process.exit(2);
}
