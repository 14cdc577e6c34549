import { formatShape, ShapeError } from "../errors.ts";
import { describe } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The labels of every dimension: a letter each, and for the dimensions that an ellipsis stands for `.1` (the last of
 * them), `.2` and so on, so that they are matched from the last one.
 */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/** Reads an equation for the given operands; throws if it is not one, or does not fit their shapes. */
export function parseEquation(equation: string, operands: readonly Tensor[]): Equation {
  if (typeof equation !== "string") {
    throw new TypeError(`einsum: equation must be a string, got ${describe(equation)}`);
  }
  const text = equation.replaceAll(" ", "");
  const [left = "", right, ...more] = text.split("->");
  if (more.length > 0) throw new RangeError(`einsum: "${text}" has more than one "->"`);
  const terms = left.split(",").map((term) => symbolsOf(term, text));
  if (terms.length !== operands.length) {
    throw new RangeError(`einsum: "${text}" is for ${terms.length} operands, got ${operands.length}`);
  }
  const inputs = terms.map((term, i) => labelsOf(term, operands[i]!, i, text));
  const widest = Math.max(...inputs.map((labels) => labels.filter((label) => label.length > 1).length));
  const output = right === undefined ? implicitOutput(inputs, widest) : explicitOutput(right, widest, text);
  for (const label of output) {
    if (!inputs.some((labels) => labels.includes(label))) {
      throw new RangeError(`einsum: the output of "${text}" has "${label}", which no operand has`);
    }
    if (output.indexOf(label) !== output.lastIndexOf(label)) {
      throw new RangeError(`einsum: the output of "${text}" has "${label}" twice`);
    }
  }
  return { inputs, output };
}

const ellipsis = "...";

/** Letters, and at most one ellipsis. */
function symbolsOf(term: string, text: string): readonly string[] {
  const symbols: readonly string[] = term.match(/\.\.\.|./gsu) ?? [];
  const stranger = symbols.find((symbol) => symbol !== ellipsis && !/^[A-Za-z]$/.test(symbol));
  if (stranger !== undefined) {
    throw new RangeError(
      `einsum: ${JSON.stringify(stranger)} in "${text}" is neither a letter nor part of "...", "," or "->"`,
    );
  }
  if (symbols.indexOf(ellipsis) !== symbols.lastIndexOf(ellipsis)) {
    throw new RangeError(`einsum: "${term}" in "${text}" has more than one "..."`);
  }
  return symbols;
}

function labelsOf(symbols: readonly string[], x: Tensor, operand: number, text: string): string[] {
  const letters = symbols.filter((symbol) => symbol !== ellipsis).length;
  const isOpen = letters < symbols.length;
  if (isOpen ? letters > x.ndim : letters !== x.ndim) {
    throw new ShapeError(
      `einsum: "${symbols.join("")}" in "${text}" is for ${isOpen ? "at least " : ""}${letters} dimensions, but operand ` +
        `${operand} has shape ${formatShape(x.shape)}`,
    );
  }
  return symbols.flatMap((symbol) => (symbol === ellipsis ? dots(x.ndim - letters) : [symbol]));
}

/** The labels of so many dimensions behind an ellipsis. */
function dots(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `.${count - i}`);
}

/** What the ellipses stand for, then the letters that are found once, in the order of the alphabet, capitals first. */
function implicitOutput(inputs: readonly (readonly string[])[], widest: number): string[] {
  const all = inputs.flat().filter((label) => label.length === 1);
  const once = all.filter((label) => all.indexOf(label) === all.lastIndexOf(label));
  return [...dots(widest), ...once.sort()];
}

function explicitOutput(right: string, widest: number, text: string): string[] {
  return symbolsOf(right, text).flatMap((symbol) => (symbol === ellipsis ? dots(widest) : [symbol]));
}
