import type { Paint } from "../terminal/colour.ts";
import { visible } from "../terminal/format.ts";
import type { Output } from "../terminal/output.ts";

/**
 * Prints continuations of one prompt that grow side by side: the first as it comes, the others one after the other when
 * all are done.
 */
export class BranchPrinter {
  readonly #out: Output;
  readonly #prompt: string;
  readonly #paint: Paint;
  readonly #texts: string[];

  constructor(out: Output, prompt: string, branches: number, paint: Paint) {
    this.#out = out;
    this.#prompt = prompt;
    this.#paint = paint;
    this.#texts = new Array(branches).fill("");
    this.#begin(0);
  }

  add(branch: number, piece: string): void {
    if (branch === 0) this.#out.write(safe(piece));
    this.#texts[branch] += piece;
  }

  /** Ends the first text and prints the others. */
  end(): void {
    this.#out.write("\n");
    for (const [branch, text] of this.#texts.entries()) {
      if (branch === 0) continue;
      this.#begin(branch);
      this.#out.write(`${safe(text)}\n`);
    }
  }

  #begin(branch: number): void {
    const { length } = this.#texts;
    const heading =
      length > 1 ? `${branch > 0 ? "\n" : ""}${this.#paint("dim", `--- ${branch + 1} of ${length}`)}\n` : "";
    const prompt = this.#prompt === "" ? "" : this.#paint("bold", safe(this.#prompt));
    if (heading !== "" || prompt !== "") this.#out.write(`${heading}${prompt}`);
  }
}

/** Line ends and tabs stay; other control characters become visible. */
function safe(text: string): string {
  return text
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : visible(part)))
    .join("");
}
