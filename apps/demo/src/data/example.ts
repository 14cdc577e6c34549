/** One labelled text. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** What a file was found to hold. */
export interface Examples {
  readonly examples: readonly Example[];
  /** Rows left out because their text or their label is empty. */
  readonly skipped: number;
}

/** Collects examples, counting the rows that lack a text or a label. */
export class ExampleList {
  readonly #examples: Example[] = [];
  #skipped = 0;

  add(text: string, label: string): void {
    if (text.trim() === "" || label.trim() === "") this.#skipped++;
    else this.#examples.push({ text, label: label.trim() });
  }

  finish(): Examples {
    return { examples: this.#examples, skipped: this.#skipped };
  }
}
