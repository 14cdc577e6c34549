import type { Tensor } from "@rnn/tensor";
import type { Moment } from "../autograd/watch.ts";
import { positionOf, printPosition, printShape } from "../shape.ts";

/** A number in a tensor, and the step of the sequence that it belongs to. */
export interface Place {
  readonly value: number;
  readonly position: readonly number[];
  readonly step: number | null;
}

/** A moment whose step is known: that of result `i` where each result is a step, or none where all are meant. */
export function atResult(moment: Moment | null, i: number | undefined): KnownMoment | null {
  if (moment?.step !== "of result") return moment as KnownMoment | null;
  const { step: _, ...rest } = moment;
  return i === undefined ? rest : { ...rest, step: i };
}

type KnownMoment = Omit<Moment, "step"> & { readonly step?: number };

/**
 * The first bad number of `x`; of a sequence, in the order in which its steps are computed.
 *
 * @param sequence - a tensor that may be `[L, N, ...]` and tell the step: `x` itself, or one that was computed beside it
 */
export function findPlace(
  x: Tensor,
  isBad: (element: number) => boolean,
  sequence: Tensor | null,
  moment: KnownMoment | null,
  isBackward: boolean,
): Place | null {
  const at = firstIndex(x, isBad);
  if (at === null) return null;
  const position = positionOf(at, x.shape);
  const place = { value: elementAt(x, at), position, step: null };
  const { step, reverse = false, locate = asItIs } = moment ?? {};
  if (step !== undefined) return { ...place, step: locate(step, position[0] ?? 0)[0] };
  if (moment === null || sequence?.ndim !== 3) return place;
  const L = sequence.shape[0]!;
  for (let i = 0; i < L; i++) {
    const k = reverse === isBackward ? i : L - 1 - i;
    const one = sequence.select(0, k);
    const inStep = firstIndex(one, sequence === x ? isBad : isNotFinite);
    if (inStep === null) continue;
    const [row, ...rest] = positionOf(inStep, one.shape) as [number];
    const [t, n] = locate(k, row);
    if (sequence !== x) return { ...place, step: t };
    return { value: elementAt(one, inStep), position: [t, n, ...rest], step: t };
  }
  return place;
}

function asItIs(k: number, row: number): [step: number, row: number] {
  return [k, row];
}

/** The index of the first bad element in row-major order; `null` if there is none. */
export function firstIndex(x: Tensor, isBad: (element: number) => boolean): number | null {
  if (x.dtype !== "float32" && x.dtype !== "float64") return null;
  const { data, offset, size } = x.contiguous();
  for (let i = 0; i < size; i++) if (isBad(data[offset + i]!)) return i;
  return null;
}

/** Element `at` in row-major order. */
function elementAt(x: Tensor, at: number): number {
  const { data, offset } = x.contiguous();
  return data[offset + at]!;
}

/** Element `at` in row-major order, as messages print it: `NaN at position [1,2] of [3,4]`. */
export function printElement(x: Tensor, at: number): string {
  return printPlace({ value: elementAt(x, at), position: positionOf(at, x.shape), step: null }, x);
}

/** The number at a place in `x`, as messages print it: `NaN in step 1, at position [1,2] of [3,4]`. */
export function printPlace({ value, position, step }: Place, x: Tensor): string {
  const inStep = step === null ? "" : ` in step ${step}`;
  if (x.ndim === 0) return `${value}${inStep}`;
  const comma = step === null ? "" : ",";
  return `${value}${inStep}${comma}${printPosition(position)} of ${printShape(x.shape)}`;
}

export function isInfinite(x: number): boolean {
  return x === Infinity || x === -Infinity;
}

export function isNotFinite(x: number): boolean {
  return !Number.isFinite(x);
}
