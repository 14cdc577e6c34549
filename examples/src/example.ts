/** What an option of an example may be. */
export type OptionValue = number | string | boolean;

/** A program of this folder: what `npm run example -- NAME` shows, reads and runs. */
export interface Example<Options extends object, Result> {
  /** What it shows, in a sentence or two. */
  readonly about: string;
  /** Its options with their defaults: the setting that is measured in the README. */
  readonly defaults: Options;
  /** What each option means. */
  readonly help: { readonly [Name in keyof Options]: string };
  /** Does it, printing what a reader wants to see; the result is what the tests look at. */
  readonly run: (options: Options, print: (text: string) => void) => Promise<Result> | Result;
}

/** Returns the example as it is; the compiler checks that its parts fit together. */
export function defineExample<Options extends { readonly [Name in keyof Options]: OptionValue }, Result>(
  parts: Example<Options, Result>,
): Example<Options, Result> {
  return parts;
}
