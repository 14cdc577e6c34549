import { Tensor, tensor } from "@rnn/tensor";
import { describe, expect, it } from "vitest";
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from "./safetensors.ts";

/** A file from header text and data bytes, the length prefix right unless given. */
function file(header: string, data: readonly number[] = [], length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (dtype: string, shape: unknown, offsets: unknown) =>
  JSON.stringify({ w: { dtype, shape, data_offsets: offsets } });

describe("safetensors", () => {
  it("writes length, header padded with spaces to 8 bytes, little-endian elements", () => {
    const bytes = encodeSafetensors(new Map([["w", tensor([1, -2])]]));
    const header = '{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'.padEnd(56);
    expect([...bytes]).toEqual([...file(header, [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0])]);
  });

  it("reads back every dtype, views, scalars and empty tensors", () => {
    const tensors = new Map<string, Tensor>([
      [
        "float32",
        tensor([
          [1.5, -0],
          [Number.NaN, Number.POSITIVE_INFINITY],
        ]),
      ],
      [
        "transposed",
        tensor([
          [1, 2, 3],
          [4, 5, 6],
        ]).transpose(0, 1),
      ],
      ["float64", tensor([Math.PI], { dtype: "float64" })],
      ["int32", tensor([-1, 2 ** 31 - 1], { dtype: "int32" })],
      ["bool", tensor([true, false])],
      ["scalar", tensor(7)],
      ["empty", new Tensor(new Float32Array(0), [0, 3])],
      ["__proto__", tensor([9])],
    ]);
    const metadata = new Map([
      ["__proto__", "safe"],
      ["note", "ü"],
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
    const bytes = encodeSafetensors(
      new Map([
        ["a", tensor([1, 2])],
        ["b", tensor([3])],
      ]),
    );
    const { tensors } = decodeSafetensors(Buffer.from(bytes));
    expect([...tensors.values()].map((each) => each.toArray())).toEqual([[1, 2], [3]]);
    expect(tensors.get("b")?.data).toHaveLength(1);
  });

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
    [
      "an unknown dtype",
      file(entry("F8", [1], [0, 1]), [0]),
      '"w" has dtype "F8"; supported: F32, F64, I32, BOOL',
    ],
    [
      "an inherited dtype",
      file('{"w":{"__proto__":{"dtype":"F32"}}}'),
      '"w" has dtype undefined; supported: F32, F64, I32, BOOL',
    ],
    [
      "a negative size",
      file(entry("F32", [-1], [0, 4]), [0, 0, 0, 0]),
      '"w": the shape is not a list of sizes',
    ],
    ["a fractional size", file(entry("F32", [0.5], [0, 2]), [0, 0]), '"w": the shape is not a list of sizes'],
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
      "a gap",
      file(entry("F32", [1], [1, 5]), [0, 0, 0, 0, 0]),
      '"w" starts at byte 1 of the data, expected 0: a gap or an overlap',
    ],
    [
      "trailing bytes",
      file(entry("F32", [1], [0, 4]), [0, 0, 0, 0, 0]),
      "1 bytes of data belong to no tensor",
    ],
    ["a bool of 2", file(entry("BOOL", [1], [0, 1]), [2]), '"w": a BOOL is neither 0 nor 1'],
    ["metadata of another kind", file('{"__metadata__":[]}'), '"__metadata__" is not an object'],
    [
      "a metadata number",
      file('{"__metadata__":{"a":1}}'),
      '"__metadata__": the value of "a" is not a string',
    ],
  ])("refuses %s", (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(new SafetensorsError(message));
  });

  it("refuses overlapping tensors", () => {
    const header =
      '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    expect(() => decodeSafetensors(file(header, [0, 0, 0, 0]))).toThrow(
      '"b" starts at byte 0 of the data, expected 4: a gap or an overlap',
    );
  });

  it("refuses a tensor with the name of the metadata", () => {
    expect(() => encodeSafetensors(new Map([["__metadata__", tensor(1)]]))).toThrow(
      'encodeSafetensors: a tensor cannot be called "__metadata__"',
    );
  });
});
