/** Copies of a wanted value in which one thing is wrong. */
export function tampered(value: unknown): unknown[] {
  if (isTensor(value)) return tamperedTensors(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return [["one too many"]];
    const last = value.length - 1;
    return [value.slice(0, last), ...tampered(value[last]).map((wrong) => [...value.slice(0, last), wrong])];
  }
  if (typeof value === "object" && value !== null) {
    // the words of a message are no requirement
    const parts = Object.entries(value).filter(([key]) => key !== "error");
    return parts.flatMap(([key, part]) => tampered(part).map((wrong) => ({ ...value, [key]: wrong })));
  }
  return [wrongLeaf(value)];
}

interface StoredTensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly data: unknown[];
}

/** Another last number, a NaN if numbers can be that, and another shape. */
function tamperedTensors(tensor: StoredTensor): StoredTensor[] {
  const otherShape = { ...tensor, shape: [...tensor.shape, 1] };
  if (tensor.data.length === 0) return [otherShape];
  const but = (last: unknown): StoredTensor => ({ ...tensor, data: [...tensor.data.slice(0, -1), last] });
  const last = tensor.data.at(-1);
  const nan = tensor.dtype.startsWith("float") && last !== "NaN" ? [but("NaN")] : [];
  return [but(wrongLeaf(last)), ...nan, otherShape];
}

function isTensor(value: unknown): value is StoredTensor {
  return (
    typeof value === "object" && value !== null && "dtype" in value && "shape" in value && "data" in value
  );
}

function wrongLeaf(value: unknown): unknown {
  if (typeof value === "number") return value + 1 + Math.abs(value);
  if (typeof value === "boolean") return !value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return 0;
  if (typeof value === "string") return `${value}x`;
  return 12345;
}
