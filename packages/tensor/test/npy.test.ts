import { readFileSync } from "node:fs";
import { arange, decodeNpy, encodeNpy, NpyError, Tensor, tensor, zeros } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectMessages, wrong } from "./errors/expect-messages.ts";
import { elements, viewed } from "./models/naive.ts";

interface StoredFile {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly (number | boolean | string)[];
  readonly file: string;
}

const stored = new URL("fixtures/numpy-files.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(stored, "utf8")) as { cases: StoredFile[] };

const latin = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** A file of format 1.0 with the given header, and so many zero bytes. */
function file(dictionary: string, dataBytes = 0): Uint8Array {
  const header = `${dictionary}\n`;
  const length = String.fromCharCode(header.length & 255, header.length >> 8);
  return latin(`\x93NUMPY\x01\x00${length}${header}${"\0".repeat(dataBytes)}`);
}

const described = (descr: string, shape: string, order = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`;

describe("files that NumPy wrote are read", () => {
  test.each(cases.map((c) => [c.name, c] as const))("%s", (_, { dtype, shape, data, file: encoded }) => {
    const x = decodeNpy(new Uint8Array(Buffer.from(encoded, "base64")));
    expect(x.shape).toEqual(shape);
    expect(x.dtype).toBe(dtype.includes("int") ? "int32" : dtype);
    const exact = data.map(Number).map((value) => (dtype === "float32" ? Math.fround(value) : value));
    expect(elements(x)).toEqual(exact);
  });

  test("also from the middle of a larger buffer", () => {
    const bytes = encodeNpy(tensor([1, 2, 3]));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(decodeNpy(larger.subarray(3)).toArray()).toEqual([1, 2, 3]);
  });
});

describe("files are written as NumPy writes them", () => {
  const same = cases.filter(
    ({ dtype, name }) => /^(float32|int32|bool)$/.test(dtype) && !/format/.test(name),
  );

  test.each(same.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const bytes = new Uint8Array(Buffer.from(c.file, "base64"));
    expect(encodeNpy(decodeNpy(bytes))).toEqual(bytes);
  });

  test("and come back, views and all dtypes, with elements aligned", () => {
    fc.assert(
      fc.property(viewed, fc.constantFrom("float32", "float64", "int32", "bool"), (x, dtype) => {
        const bytes = encodeNpy(x.to(dtype));
        const back = decodeNpy(bytes);
        expect([back.dtype, back.shape, elements(back)]).toEqual([dtype, x.shape, elements(x.to(dtype))]);
        expect((bytes.length - x.size * back.data.BYTES_PER_ELEMENT) % 64).toBe(0);
      }),
    );
    expect(decodeNpy(encodeNpy(tensor(5))).shape).toEqual([]);
    expect(decodeNpy(encodeNpy(zeros([2, 0]))).shape).toEqual([2, 0]);
  });
});

describe("the header is Python, strictly", () => {
  test("quotes, order of keys, spaces and the last comma are free", () => {
    const texts = [
      "{'descr':'<f4','fortran_order':False,'shape':(2,)}",
      `{ "shape" : (2 ,) , "descr" : "<f4" , "fortran_order" : False , } `,
      "{'shape': (1, 2), 'fortran_order': True, 'descr': '<f4'}          ",
    ];
    for (const text of texts) expect(decodeNpy(file(text, 8)).toArray().toString()).toBe("0,0");
  });

  test("every order of bytes that is not text or files gives an NpyError or a tensor", () => {
    const whole = encodeNpy(arange(6).reshape([2, 3]));
    const broken = fc
      .tuple(
        fc.constantFrom(whole, ...cases.map((c) => new Uint8Array(Buffer.from(c.file, "base64")))),
        fc.array(fc.tuple(fc.nat(160), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
        fc.option(fc.nat(160), { nil: undefined }),
      )
      .map(([bytes, changes, cut]) => {
        const copy = bytes.slice(0, cut);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(broken, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        try {
          expect(decodeNpy(bytes)).toBeInstanceOf(Tensor);
        } catch (error) {
          expect(error).toBeInstanceOf(NpyError);
          expect((error as Error).message).toMatch(/^decodeNpy: /);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("header-like text gives an NpyError or a tensor", () => {
    const piece = fc.constantFrom(
      ..."{}(),:' \"\n",
      "'descr'",
      "'fortran_order'",
      "'shape'",
      "'<f4'",
      "'|b1'",
      "True",
      "False",
      "1",
      "99999999999999999999",
      "[",
      "__proto__",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.nat(8), (pieces, size) => {
        try {
          expect(decodeNpy(file(pieces.join(""), size))).toBeInstanceOf(Tensor);
        } catch (error) {
          expect(error).toBeInstanceOf(NpyError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("long runs of digits, brackets or spaces do not keep the reader busy", () => {
    for (const text of ["1".repeat(9000), "(".repeat(9000), " ".repeat(9000), "1 ,".repeat(3000)]) {
      expect(() => decodeNpy(file(`{'shape': (${text}`))).toThrow(NpyError);
    }
  });
});

describe("what is refused", () => {
  const long = file(described("<f4", "(2,)"), 8);
  const changed = (at: number, value: number): Uint8Array => {
    const copy = long.slice();
    copy[at] = value;
    return copy;
  };

  expectMessages([
    ["decodeNpy: expected a Uint8Array, got Array", TypeError, () => decodeNpy(wrong([1]))],
    [
      "decodeNpy: the bytes do not begin with \\x93NUMPY: not a .npy file",
      NpyError,
      () => decodeNpy(latin("PK\x03\x04")),
    ],
    ["decodeNpy: 8 bytes are too few for a header", NpyError, () => decodeNpy(long.subarray(0, 8))],
    ["decodeNpy: format version 4.0; 1.0, 2.0 and 3.0 are read", NpyError, () => decodeNpy(changed(6, 4))],
    [
      "decodeNpy: header of 58 bytes, but 40 follow: truncated",
      NpyError,
      () => decodeNpy(long.subarray(0, 50)),
    ],
    ["decodeNpy: header of 65338 bytes; at most 10000 are read", NpyError, () => decodeNpy(changed(9, 255))],
    [
      "decodeNpy: shape [2] of <f4 needs 8 bytes, but 7 follow the header",
      NpyError,
      () => decodeNpy(long.subarray(0, long.length - 1)),
    ],
    [
      "decodeNpy: shape [2] of <f4 needs 8 bytes, but 9 follow the header",
      NpyError,
      () => decodeNpy(file(described("<f4", "(2,)"), 9)),
    ],
    [
      "decodeNpy: shape [1000000000] of <f8 needs 8000000000 bytes, but 8 follow the header",
      NpyError,
      () => decodeNpy(file(described("<f8", "(1000000000,)"), 8)),
    ],
    [
      "decodeNpy: shape [0,100000000000] is for more than 2147483647 elements",
      NpyError,
      () => decodeNpy(file(described("<f4", "(0, 100000000000)"))),
    ],
    [
      "decodeNpy: 65 dimensions; at most 64 are read",
      NpyError,
      () => decodeNpy(file(described("<f4", `(${"1,".repeat(65)})`), 4)),
    ],
    [
      "decodeNpy: shape (3) is a number, not a tuple",
      NpyError,
      () => decodeNpy(file(described("<f4", "(3)"), 12)),
    ],
    [
      'decodeNpy: elements of type ">f4"; little-endian f4, f8, b1 and integers are read, so save with another dtype',
      NpyError,
      () => decodeNpy(file(described(">f4", "(2,)"), 8)),
    ],
    [
      'decodeNpy: elements of type "|O"; little-endian f4, f8, b1 and integers are read, so save with another dtype',
      NpyError,
      () => decodeNpy(file(described("|O", "(2,)"), 8)),
    ],
    [
      `decodeNpy: expected a value of descr at "[('a', '<f4')], 'shape': (1,)}\\n" of the header`,
      NpyError,
      () => decodeNpy(file("{'descr': [('a', '<f4')], 'shape': (1,)}")),
    ],
    [
      'decodeNpy: unknown key "__proto__" in the header',
      NpyError,
      () => decodeNpy(file("{'__proto__': (1,)}")),
    ],
    [
      'decodeNpy: the header has "descr" twice',
      NpyError,
      () => decodeNpy(file("{'descr': '<f4', 'descr': '<f4'}")),
    ],
    [
      'decodeNpy: the header has no "shape"',
      NpyError,
      () => decodeNpy(file("{'descr': '<f4', 'fortran_order': False}")),
    ],
    [
      `decodeNpy: expected "," or "}" at "'shape': (1,)}\\n" of the header`,
      NpyError,
      () => decodeNpy(file("{'descr': '<f4' 'shape': (1,)}")),
    ],
    ['decodeNpy: expected "{" at "import os\\n" of the header', NpyError, () => decodeNpy(file("import os"))],
    [
      "decodeNpy: element 1 is 2147483648, which does not fit int32",
      NpyError,
      () => decodeNpy(withData("<i8", "(2,)", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 0])),
    ],
    [
      "decodeNpy: element 0 is 18446744073709551615, which does not fit int32",
      NpyError,
      () => decodeNpy(withData("<u8", "()", [255, 255, 255, 255, 255, 255, 255, 255])),
    ],
    [
      "decodeNpy: element 0 is 2, which does not fit bool",
      NpyError,
      () => decodeNpy(withData("|b1", "()", [2])),
    ],
  ]);

  function withData(descr: string, shape: string, data: readonly number[]): Uint8Array {
    const bytes = file(described(descr, shape), data.length);
    bytes.set(data, bytes.length - data.length);
    return bytes;
  }
});
