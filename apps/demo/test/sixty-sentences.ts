import { loadShipped } from "../src/data/load.ts";

/** Sixty of the shipped sentences, twenty of each source, as CSV with the columns `review` and `mood`. */
export async function sixtySentences(): Promise<string> {
  const { examples } = await loadShipped();
  const rows = examples
    .filter((_, n) => n % 50 === 0)
    .map(({ text, label }) => `"${text.replaceAll('"', '""')}",${label}`);
  return ["review,mood", ...rows, ""].join("\n");
}

/** Options that make a network small enough for a test. */
export const SMALL: readonly string[] = ["--embedding=4", "--hidden=4", "--max-length=20"];
