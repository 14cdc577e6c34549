import type { Tensor } from "@rnn/tensor";
import { describe } from "../describe.ts";
import { checkEntry, checkStateDict, namedEntries, type StateDict } from "../state-dict.ts";
import { toLittleEndian } from "./byte-order.ts";
import type { FileBytes } from "./bytes.ts";
import { NAME_OF } from "./element-types.ts";
import { printed, SafetensorsError } from "./error.ts";
import { MAX_HEADER, METADATA, PREFIX } from "./header.ts";
import { encodeUtf8 } from "./utf8.ts";

/**
 * Texts to put beside the tensors of a file.
 *
 * @public
 */
export type SafetensorsMetadata = ReadonlyMap<string, string> | Readonly<Record<string, string>>;

/**
 * Writes tensors as a safetensors file, which Python's safetensors package and {@link decodeSafetensors} read.
 *
 * @remarks
 * float32, float64, int32 and bool are written as F32, F64, I32 and BOOL, bit for bit; views as row-major copies. The
 * header lists the tensors in the given order; their data is ordered by element size, widest first, so that every
 * tensor is aligned, as PyTorch needs it. The same tensors give the same bytes.
 *
 * @param tensors - tensors by name, for example a state dict
 * @param metadata - texts to put beside them
 * @throws {@link SafetensorsError} if a tensor is called `"__metadata__"`, or the header is longer than readers accept.
 * @throws TypeError if `tensors` has what is not a tensor, or `metadata` what is not a string.
 *
 * @example
 * ```ts
 * import { encodeSafetensors, Linear } from "@rnn/nn";
 *
 * const bytes = encodeSafetensors(new Linear({ inFeatures: 3, outFeatures: 2 }).stateDict());
 * bytes.length; // => 160
 * ```
 *
 * @public
 */
export function encodeSafetensors(tensors: StateDict, metadata: SafetensorsMetadata = {}): FileBytes {
  const named = namedEntries(checkStateDict("encodeSafetensors", tensors));
  for (const [name, tensor] of named) checkEntry("encodeSafetensors", name, tensor);
  const { parts, ranges, size } = layOut(named.map(([, tensor]) => tensor));
  const texts = namedEntries(checkMetadata("encodeSafetensors", metadata));
  const members = texts.length > 0 ? [`${JSON.stringify(METADATA)}:${textsAsJson(texts)}`] : [];
  named.forEach(([name, { dtype, shape }], i) => {
    if (name === METADATA) {
      throw new SafetensorsError(`encodeSafetensors: a tensor cannot be called "${METADATA}"`);
    }
    const entry = { dtype: NAME_OF[dtype], shape, data_offsets: ranges[i] };
    members.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
  });
  const json = encodeUtf8(`{${members.join(",")}}`);
  if (json.length > MAX_HEADER) {
    throw new SafetensorsError(
      `encodeSafetensors: names and metadata take ${json.length} bytes; readers accept ${MAX_HEADER}`,
    );
  }
  // spaces after the header keep the elements aligned to 8 bytes
  const dataStart = PREFIX + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(dataStart + size);
  new DataView(file.buffer).setBigUint64(0, BigInt(dataStart - PREFIX), true);
  file.fill(0x20, PREFIX, dataStart);
  file.set(json, PREFIX);
  parts.forEach((part, i) => {
    file.set(part, dataStart + (ranges[i]?.[0] as number));
  });
  return file;
}

/** The bytes of each tensor and where they go, widest elements first. */
function layOut(tensors: readonly Tensor[]): {
  parts: Uint8Array[];
  ranges: (readonly [start: number, end: number])[];
  size: number;
} {
  const parts = tensors.map(elementBytes);
  const ranges: (readonly [number, number])[] = [];
  const widths = tensors.map(({ data }) => data.BYTES_PER_ELEMENT);
  const order = [...tensors.keys()].sort((a, b) => widths[b]! - widths[a]! || a - b);
  let size = 0;
  for (const i of order) {
    const start = size;
    size += parts[i]!.length;
    ranges[i] = [start, size];
  }
  return { parts, ranges, size };
}

/** A little-endian copy of the elements in row-major order. */
function elementBytes(tensor: Tensor): Uint8Array {
  const { data, offset, size } = tensor.contiguous();
  const width = data.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(data.buffer, data.byteOffset + offset * width, size * width);
  return toLittleEndian(bytes.slice(), width);
}

/** Returns `metadata` if it is an object or a map; throws otherwise. */
export function checkMetadata(where: string, metadata: SafetensorsMetadata): SafetensorsMetadata {
  if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)) return metadata;
  throw new TypeError(
    `${where}: metadata must be a Map or an object of texts by name, got ${describe(metadata)}`,
  );
}

function textsAsJson(texts: readonly [string, unknown][]): string {
  const members = texts.map(([key, text]) => {
    if (typeof text === "string") return `${JSON.stringify(key)}:${JSON.stringify(text)}`;
    throw new TypeError(`encodeSafetensors: metadata ${printed(key)} is not a string`);
  });
  return `{${members.join(",")}}`;
}
