import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PadSequencesOptions, padSequences } from "./pad-sequences.ts";

describe("padSequences", () => {
  const lists = [[1, 2, 3], [4], [], [5, 6]];

  test("pads on the right to the longest list", () => {
    const { data, shape, lengths } = padSequences(lists);
    expect(shape).toEqual([4, 3]);
    expect(data).toEqual(Int32Array.of(1, 2, 3, 4, 0, 0, 0, 0, 0, 5, 6, 0));
    expect(lengths).toEqual(Int32Array.of(3, 1, 0, 2));
  });

  test("pads and truncates on either side", () => {
    const rows = (options: PadSequencesOptions) => [
      ...padSequences(lists, { padIndex: 9, maxLength: 2, ...options }).data,
    ];
    expect(rows({})).toEqual([1, 2, 4, 9, 9, 9, 5, 6]);
    expect(rows({ paddingSide: "left" })).toEqual([1, 2, 9, 4, 9, 9, 5, 6]);
    expect(rows({ truncationSide: "left" })).toEqual([2, 3, 4, 9, 9, 9, 5, 6]);
    expect(rows({ paddingSide: "left", truncationSide: "left" })).toEqual([2, 3, 9, 4, 9, 9, 5, 6]);
  });

  test("lengths are those after truncation, and a long maxLength adds nothing", () => {
    expect(padSequences(lists, { maxLength: 2 }).lengths).toEqual(Int32Array.of(2, 1, 0, 2));
    expect(padSequences(lists, { maxLength: 50 }).shape).toEqual([4, 3]);
    expect(padSequences(lists, { maxLength: 0 })).toEqual({
      data: new Int32Array(0),
      shape: [4, 0],
      lengths: new Int32Array(4),
    });
  });

  test("an empty batch and typed arrays are fine", () => {
    expect(padSequences([]).shape).toEqual([0, 0]);
    expect(padSequences([Int32Array.of(7, 8), Uint8Array.of(9)]).data).toEqual(Int32Array.of(7, 8, 9, 0));
  });

  test("rows without their padding are the lists", () => {
    const ids = fc.array(fc.integer(), { maxLength: 8 });
    const side = fc.constantFrom("left" as const, "right" as const);
    fc.assert(
      fc.property(
        fc.array(ids),
        fc.nat(10),
        side,
        side,
        (sequences, maxLength, paddingSide, truncationSide) => {
          const { data, shape, lengths } = padSequences(sequences, {
            maxLength,
            paddingSide,
            truncationSide,
            padIndex: -7,
          });
          const [, rowLength] = shape;
          sequences.forEach((list, n) => {
            const row = [...data.subarray(n * rowLength, (n + 1) * rowLength)];
            const count = lengths[n] as number;
            const kept =
              truncationSide === "right"
                ? list.slice(0, maxLength)
                : list.slice(Math.max(0, list.length - maxLength));
            const pad = new Array(rowLength - count).fill(-7);
            expect(row).toEqual(paddingSide === "right" ? [...kept, ...pad] : [...pad, ...kept]);
          });
        },
      ),
    );
  });
});

describe("padSequences errors", () => {
  const any = (value: unknown) => value as never;
  const int32 = "must be an integer in -2147483648..2147483647";

  test.each<[() => unknown, Error]>([
    [
      () => padSequences(any("ab")),
      new TypeError('padSequences: sequences must be an array of id lists, got "ab"'),
    ],
    [
      () => padSequences([[1], any(2)]),
      new TypeError("padSequences: sequences[1] must be a list of ids, got 2"),
    ],
    [
      () => padSequences([any("12")]),
      new TypeError('padSequences: sequences[0] must be a list of ids, got "12"'),
    ],
    [
      () => padSequences([any(new DataView(new ArrayBuffer(4)))]),
      new TypeError("padSequences: sequences[0] must be a list of ids, got an object"),
    ],
    [() => padSequences([[1], [2, 0.5]]), new RangeError(`padSequences: sequences[1][1] ${int32}, got 0.5`)],
    [
      () => padSequences([[2 ** 31]]),
      new RangeError(`padSequences: sequences[0][0] ${int32}, got 2147483648`),
    ],
    [
      () => padSequences([Float32Array.of(Number.NaN)]),
      new RangeError(`padSequences: sequences[0][0] ${int32}, got NaN`),
    ],
    [() => padSequences([[any("1")]]), new RangeError(`padSequences: sequences[0][0] ${int32}, got "1"`)],
    [() => padSequences([], { padIndex: 0.5 }), new RangeError(`padSequences: padIndex ${int32}, got 0.5`)],
    [
      () => padSequences([], { maxLength: -1 }),
      new RangeError("padSequences: maxLength must be a non-negative integer, got -1"),
    ],
    [
      () => padSequences([], { paddingSide: any("pre") }),
      new RangeError('padSequences: paddingSide must be "left" or "right", got "pre"'),
    ],
    [
      () => padSequences([[1]], { truncationSide: any(1) }),
      new RangeError('padSequences: truncationSide must be "left" or "right", got 1'),
    ],
  ])("%s", (call, error) => {
    expect(call).toThrow(error);
  });
});

test("a batch beyond any array is refused before it is allocated", () => {
  const long = new Int32Array(100_000);
  const sequences = new Array<ArrayLike<number>>(100_000).fill([]).fill(long, 0, 1);
  expect(() => padSequences(sequences)).toThrow(
    new RangeError("padSequences: the result would have 10000000000 elements; 2147483647 is the most"),
  );
});
