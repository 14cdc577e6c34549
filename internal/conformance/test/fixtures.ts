import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { collect } from "../src/collect.ts";

/** The case files of this package, with paths such as `golden/tensor.json`. */
export const fixtures = collect(
  ["golden", "peers"],
  join(dirname(dirname(fileURLToPath(import.meta.url))), "fixtures"),
);
