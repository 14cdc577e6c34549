import type { DType } from "./dtype.ts";
import { formatShape } from "./errors.ts";
import type { StridedArray } from "./strided-array.ts";

/** Tensors with more elements than this are printed with their edges only. */
const fullSize = 1000;
/** Items printed at each end of a dimension that is cut. */
const edge = 3;
const decimals = 4;
/** Columns after which a row of numbers goes on in the next line. */
const lineWidth = 80;

/** A tensor as PyTorch prints it, with columns aligned, followed by its shape and dtype. */
export function print(x: StridedArray): string {
  const cut = x.size > fullSize;
  const leaves: number[] = [];
  const visit = (d: number, at: number): void => {
    if (d === x.ndim) leaves.push(x.data[at]!);
    else for (const i of shownIndices(x.shape[d]!, cut)) if (i >= 0) visit(d + 1, at + i * x.strides[d]!);
  };
  visit(0, x.offset);
  const format = formatterFor(leaves, x.dtype);
  const width = leaves.reduce((widest, value) => Math.max(widest, format(value).length), 0);
  const opening = "tensor(";
  const body = layOut(x, cut, opening.length, width, (value) => format(value).padStart(width));
  return `${opening}${body}, shape=${formatShape(x.shape)}, dtype=${x.dtype})`;
}

/** The indices of a dimension that are printed; -1 stands for the dots between its ends. */
function shownIndices(size: number, cut: boolean): number[] {
  const all = Math.min(size, 2 * edge + 1);
  const indices = Array.from({ length: cut ? all : size }, (_, i) => i);
  if (!cut || size <= 2 * edge) return indices;
  return indices.map((i) => (i < edge ? i : i === edge ? -1 : size - all + i));
}

/** Rows of numbers side by side, broken where lines are full; outer dimensions on lines of their own, with blank lines between matrices. */
function layOut(
  x: StridedArray,
  cut: boolean,
  indent: number,
  width: number,
  format: (value: number) => string,
): string {
  const lay = (d: number, at: number): string => {
    if (d === x.ndim) return format(x.data[at]!);
    const margin = " ".repeat(indent + d + 1);
    const below = x.ndim - d - 1;
    const dots = below === 0 ? " ..." : "...";
    const items = shownIndices(x.shape[d]!, cut).map((i) =>
      i < 0 ? dots : lay(d + 1, at + i * x.strides[d]!),
    );
    if (below > 0) return `[${items.join(`,${"\n".repeat(below)}${margin}`)}]`;
    const perLine = Math.max(1, Math.floor((lineWidth - indent - d) / (width + ", ".length)));
    const lines: string[] = [];
    for (let i = 0; i < items.length; i += perLine) lines.push(items.slice(i, i + perLine).join(", "));
    return `[${lines.join(`,\n${margin}`)}]`;
  };
  return lay(0, x.offset);
}

/** PyTorch's choice: whole numbers as `2.`, others with 4 decimals, or with exponents if they differ too much. */
function formatterFor(values: readonly number[], dtype: DType): (value: number) => string {
  if (dtype === "bool") return (value) => (value === 0 ? "false" : "true");
  if (dtype === "int32") return String;
  const finite = values.filter(Number.isFinite);
  const whole = finite.every(Number.isInteger);
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const scientific = largest / smallest > 1000 || largest > 1e8 || (!whole && smallest < 1e-4);
  return (value) => {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    if (scientific) return exponent(value);
    const sign = Object.is(value, -0) ? "-" : "";
    return sign + (whole ? `${value}.` : fixed(value));
  };
}

/** C's `%.4f`. */
function fixed(value: number): string {
  // five decimals that end in 5 and are binary too: an odd number of 1/32
  return toEven(value.toFixed(decimals), Math.abs((value * 32) % 2) === 1);
}

/** C's `%.4e`: at least two digits in the exponent. */
function exponent(value: number): string {
  const [mantissa = "", power = ""] = value.toExponential(decimals).split("e");
  const longer = value.toExponential(decimals + 1);
  // exact decimals of six digits are binary if they are whole numbers of 1/256
  const isBetween = longer.includes("5e") && Number(longer) === value && Number.isInteger(value * 256);
  // toExponential drops the sign of -0
  const sign = Object.is(value, -0) ? "-" : "";
  return `${sign}${toEven(mantissa, isBetween)}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

/** Of two decimals equally near, C and Python take the even one, JavaScript the one farther from zero. */
function toEven(text: string, isBetween: boolean): string {
  const last = Number(text.at(-1));
  return isBetween && last % 2 === 1 ? text.slice(0, -1) + (last - 1) : text;
}
