import type { Output } from "./output.ts";

/** The few colours used, by meaning. */
export type Colour = "good" | "bad" | "accent" | "dim" | "bold";

const CODES: Readonly<Record<Colour, number>> = { good: 32, bad: 31, accent: 36, dim: 2, bold: 1 };

/** Wraps text in a colour, or returns it as it is where colours are not wanted. */
export type Paint = (colour: Colour, text: string) => string;

/** The environment variables that decide about colours. */
export interface ColourEnvironment {
  readonly TERM?: string | undefined;
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
}

/** Colours for terminals, unless NO_COLOR is set (https://no-color.org); FORCE_COLOR wants them everywhere. */
export function painter(output: Output, env: ColourEnvironment): Paint {
  const wanted = output.isTTY === true && env.TERM !== "dumb" && !env.NO_COLOR;
  return wanted || env.FORCE_COLOR ? paint : plain;
}

function paint(colour: Colour, text: string): string {
  return `\u001b[${CODES[colour]}m${text}\u001b[0m`;
}

/** Leaves text as it is. */
export function plain(_colour: Colour, text: string): string {
  return text;
}
