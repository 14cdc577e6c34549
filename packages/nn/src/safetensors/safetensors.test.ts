import { readFileSync } from "node:fs";
import { arange, Tensor, tensor } from "@rnn/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeSafetensors } from "./decode.ts";
import { encodeSafetensors } from "./encode.ts";
import { SafetensorsError } from "./error.ts";

/** A file from header text and data bytes, the length prefix right unless given. */
function file(header: string, data: readonly number[] = [], length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (dtype: unknown, shape: unknown, offsets: unknown): string =>
  JSON.stringify({ w: { dtype, shape, data_offsets: offsets } });

interface Written {
  file: string;
  metadata: Record<string, string>;
  tensors: Record<string, { shape: number[]; data: (number | string)[] }>;
}
const fixtures = JSON.parse(
  readFileSync(new URL("../../test/fixtures/safetensors.json", import.meta.url), "utf8"),
) as { lstm: Written; types: Written };

describe("encodeSafetensors", () => {
  it("writes length, header padded with spaces to 8 bytes, little-endian elements", () => {
    const bytes = encodeSafetensors({ w: tensor([1, -2]) });
    const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'.padEnd(56);
    expect([...bytes]).toEqual([...file(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])]);
  });

  it("aligns every tensor: the widest elements come first in the data, the header keeps the order", () => {
    const bytes = encodeSafetensors({
      flag: tensor([true]),
      step: tensor([3], { dtype: "int32" }),
      w: tensor([1], { dtype: "float64" }),
    });
    const header = new TextDecoder().decode(bytes.subarray(8));
    expect(header).toContain('{"flag":{"dtype":"BOOL","shape":[1],"data_offsets":[12,13]}');
    expect(header).toContain('"step":{"dtype":"I32","shape":[1],"data_offsets":[8,12]}');
    expect(header).toContain('"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}');
  });

  it("says what cannot be written", () => {
    expect(() => encodeSafetensors(new Map([["__metadata__", tensor(1)]]))).toThrow(
      new SafetensorsError('encodeSafetensors: a tensor cannot be called "__metadata__"'),
    );
    expect(() => encodeSafetensors({}, { epochs: 3 as unknown as string })).toThrow(
      new TypeError('encodeSafetensors: metadata "epochs" is not a string'),
    );
    expect(() => encodeSafetensors({}, { a: "x".repeat(1e8) })).toThrow(
      new SafetensorsError(
        "encodeSafetensors: names and metadata take 100000025 bytes; readers accept 100000000",
      ),
    );
  });
});

describe("decodeSafetensors", () => {
  it("reads back every dtype, views, scalars and empty tensors in their order", () => {
    const tensors = new Map<string, Tensor>([
      ["flags", tensor([true, false])],
      [
        "float32",
        tensor([
          [1.5, -0],
          [Number.NaN, Number.POSITIVE_INFINITY],
        ]),
      ],
      ["transposed", arange(6).reshape([2, 3]).transpose(0, 1)],
      ["1", tensor([Math.PI], { dtype: "float64" })],
      ["0", tensor([-1, 2 ** 31 - 1], { dtype: "int32" })],
      ["scalar", tensor(7)],
      ["empty", new Tensor(new Float32Array(0), [0, 3])],
      ["__proto__", tensor([9])],
      ['a "quoted" \\ name: {', tensor([8])],
    ]);
    const metadata = new Map([
      ["__proto__", "safe"],
      ["note", 'ü: "[{'],
    ]);
    const read = decodeSafetensors(encodeSafetensors(tensors, metadata));
    expect(read.metadata).toEqual(metadata);
    expect([...read.tensors.keys()]).toEqual([...tensors.keys()]);
    for (const [name, value] of tensors) {
      expect(read.tensors.get(name)?.dtype).toBe(value.dtype);
      expect(read.tensors.get(name)?.shape).toEqual(value.shape);
      expect(read.tensors.get(name)?.toArray()).toEqual(value.toArray());
    }
  });

  it.each(["lstm", "types"] as const)("reads what Python's safetensors package wrote: %s", (which) => {
    const written = fixtures[which];
    const { tensors, metadata } = decodeSafetensors(Buffer.from(written.file, "base64"));
    expect(Object.fromEntries(metadata)).toEqual(written.metadata);
    expect([...tensors.keys()].sort()).toEqual(Object.keys(written.tensors).sort());
    for (const [name, { shape, data }] of Object.entries(written.tensors)) {
      const read = tensors.get(name) as Tensor;
      expect(read.shape, name).toEqual(shape);
      expect(Array.from(read.data), name).toEqual(data.map(Number));
    }
  });

  it("gives narrow floats as float32 and integers as int32", () => {
    const { tensors } = decodeSafetensors(Buffer.from(fixtures.types.file, "base64"));
    const dtypes = Object.fromEntries([...tensors].map(([name, { dtype }]) => [name, dtype]));
    expect(dtypes).toEqual({
      f64: "float64",
      ...Object.fromEntries(["f32", "f16", "empty"].map((name) => [name, "float32"])),
      ...Object.fromEntries(
        ["i64", "u64", "i32", "u32", "i16", "u16", "i8", "u8"].map((name) => [name, "int32"]),
      ),
      bool: "bool",
    });
  });

  it("reads a file at any offset of its buffer, entries in any order", () => {
    const header =
      '{"b":{"dtype":"F32","shape":[],"data_offsets":[4,8]},"a":{"dtype":"I32","shape":[1],"data_offsets":[0,4]}}';
    const bytes = file(header, [5, 0, 0, 0, 0, 0, 0x80, 0x3f]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const { tensors } = decodeSafetensors(shifted.subarray(3));
    expect(tensors.get("a")?.toArray()).toEqual([5]);
    expect(tensors.get("b")?.item()).toBe(1);
  });

  it("reads a Node Buffer, whose slices share memory", () => {
    const bytes = encodeSafetensors({ a: tensor([1, 2]), b: tensor([3]) });
    const { tensors } = decodeSafetensors(Buffer.from(bytes));
    expect([...tensors.values()].map((each) => each.toArray())).toEqual([[1, 2], [3]]);
    expect(tensors.get("b")?.data).toHaveLength(1);
  });

  const types = "F64, F32, F16, BF16, I64, U64, I32, U32, I16, U16, I8, U8, BOOL";

  it.each<[what: string, bytes: Uint8Array, message: string]>([
    ["no length", new Uint8Array(5), "5 bytes are too few for a safetensors file"],
    [
      "text",
      new TextEncoder().encode("hello, world"),
      "header of 8583909746840200552 bytes, but 4 follow: truncated, or not safetensors",
    ],
    ["a cut header", file("{}", [], 3n), "header of 3 bytes, but 2 follow: truncated, or not safetensors"],
    ["no object", file("[]"), 'the header does not begin with "{": not a safetensors file'],
    ["no JSON", file('{"w":'), "the header is not JSON"],
    ["no UTF-8", file('{"w\u00e9"}').map((byte) => (byte === 0xc3 ? 0xff : byte)), "the header is not JSON"],
    ["an entry of another kind", file('{"w":3}'), '"w" is not described by an object'],
    ["a name twice", file('{"w":1,"v":2,"\\u0077":3}'), 'the header has "w" twice'],
    ["a member twice", file('{"w":{"shape":[1],"shape":[2]}}'), 'the header has "shape" twice'],
    [
      "an unknown dtype",
      file(entry("F8_E5M2", [1], [0, 1]), [0]),
      `"w" has dtype "F8_E5M2"; supported: ${types}`,
    ],
    [
      "an inherited dtype",
      file(entry("constructor", [1], [0, 1]), [0]),
      `"w" has dtype "constructor"; supported: ${types}`,
    ],
    [
      "inherited members",
      file('{"w":{"__proto__":{"dtype":"F32"}}}'),
      `"w" has dtype undefined; supported: ${types}`,
    ],
    ["a dtype of another kind", file(entry([{}], [], [])), `"w" has dtype [an object]; supported: ${types}`],
    [
      "a negative size",
      file(entry("F32", [-1], [0, 4]), [0, 0, 0, 0]),
      '"w": the shape is not a list of sizes',
    ],
    ["a fractional size", file(entry("F32", [0.5], [0, 2]), [0, 0]), '"w": the shape is not a list of sizes'],
    [
      "a size of minus 0",
      file('{"w":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}'),
      '"w": the shape is not a list of sizes',
    ],
    [
      "missing data",
      file(entry("F32", [1], [0, 4]), [0, 0, 0]),
      '"w": data_offsets [0,4] do not lie in the 3 bytes of data: truncated file?',
    ],
    [
      "backward offsets",
      file(entry("F32", [0], [4, 0]), [0, 0, 0, 0]),
      '"w": data_offsets [4,0] do not lie in the 4 bytes of data: truncated file?',
    ],
    [
      "one offset",
      file(entry("F32", [1], [0]), [0, 0, 0, 0]),
      '"w": data_offsets [0] do not lie in the 4 bytes of data: truncated file?',
    ],
    [
      "many offsets",
      file(entry("F32", [1], Array(20).fill(0)), [0, 0, 0, 0]),
      '"w": data_offsets [0,0,0,0,0,0,0,0,…] do not lie in the 4 bytes of data: truncated file?',
    ],
    [
      "a wrong shape",
      file(entry("F32", [2], [0, 4]), [0, 0, 0, 0]),
      '"w": shape [2] of F32 takes 8 bytes, but data_offsets give it 4',
    ],
    [
      "a huge shape",
      file(entry("F32", [1e15, 1e15], [0, 4]), [0, 0, 0, 0]),
      '"w": shape [1000000000000000,1000000000000000] of F32 takes 4e+30 bytes, but data_offsets give it 4',
    ],
    [
      "a huge shape without elements",
      file(entry("F32", [0, 1e15, 1e15], [0, 0])),
      '"w": shape [0,1000000000000000,1000000000000000] is out of range',
    ],
    [
      "a gap",
      file(entry("F32", [1], [1, 5]), [0, 0, 0, 0, 0]),
      '"w" starts at byte 1 of the data, expected 0: a gap or an overlap',
    ],
    [
      "an overlap",
      file(
        '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}',
        [0, 0, 0, 0],
      ),
      '"b" starts at byte 0 of the data, expected 4: a gap or an overlap',
    ],
    [
      "trailing bytes",
      file(entry("F32", [1], [0, 4]), [0, 0, 0, 0, 0]),
      "1 bytes of data belong to no tensor",
    ],
    ["a bool of 2", file(entry("BOOL", [1], [0, 1]), [2]), '"w": a BOOL is neither 0 nor 1'],
    [
      "an integer of 33 bits",
      file(entry("U32", [1, 2], [0, 8]), [0, 0, 0, 0, 0, 0, 0, 0x80]),
      '"w" is 2147483648 at position [0,1], which does not fit int32, the integers of tensors',
    ],
    [
      "a negative integer of 64 bits",
      file(entry("I64", [], [0, 8]), [0, 0, 0, 0, 0, 0, 0, 0x80]),
      '"w" is -9223372036854775808, which does not fit int32, the integers of tensors',
    ],
    ["metadata of another kind", file('{"__metadata__":[]}'), '"__metadata__" is not an object'],
    [
      "a metadata number",
      file('{"__metadata__":{"a":1}}'),
      '"__metadata__": the value of "a" is not a string',
    ],
    ["a long name", file(`{"${"n".repeat(1000)}":3}`), `"${"n".repeat(60)}…" is not described by an object`],
  ])("refuses %s", (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(new SafetensorsError(message));
  });

  it("refuses a header of more than 100 MB", () => {
    const bytes = new Uint8Array(100_000_016);
    new DataView(bytes.buffer).setBigUint64(0, 100_000_008n, true);
    expect(() => decodeSafetensors(bytes)).toThrow(
      new SafetensorsError("header of 100000008 bytes; at most 100000000 are read"),
    );
  });

  it("refuses nesting that would overflow a stack", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    for (const header of [`{"w":${deep}}`, `{"w":{"dtype":${deep}}}`, `{"__metadata__":{"a":${deep}}}`]) {
      expect(() => decodeSafetensors(file(header))).toThrow(SafetensorsError);
    }
  });

  it("allocates nothing for tensors that share their bytes", () => {
    // 200 tensors of one megabyte each, all at the same place of a file of one megabyte
    const size = 2 ** 20;
    const entries = Array.from(
      { length: 200 },
      (_, i) => `"${i}":{"dtype":"U8","shape":[${size}],"data_offsets":[0,${size}]}`,
    );
    const head = file(`{${entries.join(",")}}`);
    const bytes = new Uint8Array(head.length + size);
    bytes.set(head);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => decodeSafetensors(bytes)).toThrow("a gap or an overlap");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * size);
  });
});

describe("bytes from strangers", () => {
  const whole = [fixtures.lstm, fixtures.types].map(
    ({ file }) => new Uint8Array(Buffer.from(file, "base64")),
  );

  /** Reads, and lets through no exception but the one that is documented. */
  function accepts(bytes: Uint8Array): boolean {
    try {
      const { tensors } = decodeSafetensors(bytes);
      let elements = 0;
      for (const { data } of tensors.values()) elements += data.length;
      // no element comes from less than one byte
      expect(elements).toBeLessThanOrEqual(bytes.length);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(SafetensorsError);
      return false;
    }
  }

  it("are refused at every length but their own", () => {
    for (const bytes of whole) {
      for (let length = 0; length < bytes.length; length++) {
        expect(accepts(bytes.subarray(0, length))).toBe(false);
      }
      expect(accepts(bytes)).toBe(true);
    }
  });

  it("raise nothing but SafetensorsError when bytes are changed, removed or put in", () => {
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat(4),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        // what a header is made of hits more of the reader than random bytes do
        fc
          .constantFrom(
            "0",
            "-1",
            "1e99",
            "[",
            "]",
            "{",
            "}",
            '"',
            ",",
            ":",
            "null",
            "I64",
            "__metadata__",
            " ",
          )
          .map((text) => new TextEncoder().encode(text)),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        (bytes, edits, keepsLength) => {
          let mutated: Uint8Array = bytes;
          for (const { at, remove, insert } of edits) {
            // mostly inside the header, which is the first three quarters of these files
            const place = at % mutated.length;
            mutated = Uint8Array.from([
              ...mutated.subarray(0, place),
              ...insert,
              ...mutated.subarray(place + (keepsLength ? insert.length : remove)),
            ]);
          }
          accepts(mutated);
        },
      ),
      { numRuns: 2000, seed: 4 },
    );
  });

  it("raise nothing but SafetensorsError whatever JSON the header is", () => {
    const member = fc.dictionary(
      fc.constantFrom("dtype", "shape", "data_offsets", "__proto__"),
      fc.oneof(
        fc.constantFrom("F32", "I64", "BOOL", "F16", "toString"),
        fc.array(fc.oneof(fc.integer({ min: -1, max: 9 }), fc.double())),
        fc.jsonValue(),
      ),
    );
    const header = fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("__metadata__", "__proto__", "0")),
      fc.oneof(member, fc.jsonValue()),
    );
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 16 }), (json, data) => {
        accepts(file(JSON.stringify(json), [...data]));
      }),
      { numRuns: 1000, seed: 5 },
    );
  });
});
