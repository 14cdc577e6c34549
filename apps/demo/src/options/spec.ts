/** One command-line option; the table of them is parsed, checked and printed as help. */
export type OptionSpec = WholeSpec | NumberSpec | ChoiceSpec | TextSpec | FlagSpec;

interface Described {
  /** What it does, in a few words, for the help. */
  readonly help: string;
}

/** A whole number from `min` to `max`. */
export interface WholeSpec extends Described {
  readonly kind: "whole";
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** A number from `min` to `max`. */
export interface NumberSpec extends Described {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** One of a few words, which the help lists unless it says something else in their place. */
export interface ChoiceSpec extends Described {
  readonly kind: "choice";
  readonly choices: readonly string[];
  readonly shown?: string;
  readonly default: string;
}

/** A path or a name, printed as `shown` in the help; without a default it may be absent. */
export interface TextSpec extends Described {
  readonly kind: "text";
  readonly shown: string;
  readonly default?: string;
  /** Whether "" is a value, too. */
  readonly mayBeEmpty?: boolean;
}

/** Present or not. */
export interface FlagSpec extends Described {
  readonly kind: "flag";
}

/** A table of options by name. */
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** The type of an option's value. */
export type OptionValue<S> = S extends { kind: "whole" | "number" }
  ? number
  : S extends { kind: "choice"; choices: readonly (infer C)[] }
    ? C
    : S extends { kind: "flag" }
      ? boolean
      : S extends { kind: "text"; default: string }
        ? string
        : string | undefined;

/** The values of a whole table. */
export type OptionValues<T extends OptionTable> = { -readonly [K in keyof T]: OptionValue<T[K]> };

/** Tables of options under their titles, as the help shows them. */
export type OptionGroups = readonly (readonly [title: string, table: OptionTable])[];
