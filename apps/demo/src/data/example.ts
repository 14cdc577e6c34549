/** One labelled text. */
export interface Example {
  readonly text: string;
  readonly label: string;
  /** Texts of one group belong together, for example reviews of one film. */
  readonly group?: string;
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

  /** @param group - Blank for a text that belongs to no group. */
  add(text: string, label: string, group = ""): void {
    if (text.trim() === "" || label.trim() === "") this.#skipped++;
    else this.#examples.push({ text, label: label.trim(), ...(group.trim() === "" ? {} : { group }) });
  }

  finish(): Examples {
    return { examples: this.#examples, skipped: this.#skipped };
  }
}
