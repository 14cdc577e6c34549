/** Writes the few parts of the ONNX format that one LSTM needs: protocol buffer fields by their numbers. */

const FLOAT = 1;
const INT = 2;

/**
 * A model of one LSTM node; inputs `x` [steps, 1, inputs], `h0` and `c0` [1, 1, hidden], outputs `h` and `c`.
 *
 * @param layer - `weightIn` [4 * hidden, inputs], `weightHidden`, `biasIn`, `biasHidden` with gates i, f, g, o
 */
export function lstmModel({ weightIn, weightHidden, biasIn, biasHidden }, { inputs, hidden, steps }) {
  const bias = new Float32Array(8 * hidden);
  bias.set(reordered(biasIn, 1), 0);
  bias.set(reordered(biasHidden, 1), 4 * hidden);
  const node = [
    ...["x", "w", "r", "b", "", "h0", "c0"].map((name) => text(1, name)),
    ...["", "h", "c"].map((name) => text(2, name)),
    text(4, "LSTM"),
    message(5, text(1, "hidden_size"), integer(3, hidden), integer(20, INT)),
  ];
  const graph = [
    message(1, ...node),
    text(2, "lstm"),
    message(5, ...initializer("w", [1, 4 * hidden, inputs], reordered(weightIn, inputs))),
    message(5, ...initializer("r", [1, 4 * hidden, hidden], reordered(weightHidden, hidden))),
    message(5, ...initializer("b", [1, 8 * hidden], bias)),
    message(11, ...value("x", [steps, 1, inputs])),
    message(11, ...value("h0", [1, 1, hidden])),
    message(11, ...value("c0", [1, 1, hidden])),
    message(12, ...value("h", [1, 1, hidden])),
    message(12, ...value("c", [1, 1, hidden])),
  ];
  // format version 8, operator set 14
  return Uint8Array.from([integer(1, 8), message(7, ...graph), message(8, integer(2, 14))].flat());
}

/** ONNX wants the gates in the order i, o, f, g. */
function reordered(values, width) {
  const size = values.length / 4 / width;
  const result = new Float32Array(values.length);
  [0, 3, 1, 2].forEach((gate, i) => {
    result.set(values.subarray(gate * size * width, (gate + 1) * size * width), i * size * width);
  });
  return result;
}

function initializer(name, shape, values) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [...shape.map((dim) => integer(1, dim)), integer(2, FLOAT), text(8, name), bytes(9, raw)];
}

function value(name, shape) {
  const dims = shape.map((dim) => message(1, integer(1, dim)));
  return [text(1, name), message(2, message(1, integer(1, FLOAT), message(2, ...dims)))];
}

const integer = (field, number) => [...varint(field << 3), ...varint(number)];
const text = (field, string) => bytes(field, new TextEncoder().encode(string));
const message = (field, ...parts) => bytes(field, parts.flat());

function bytes(field, content) {
  return [...varint((field << 3) | 2), ...varint(content.length), ...content];
}

/** Seven bits a byte, the lowest first; all but the last byte have the high bit set. */
function varint(number) {
  const result = [];
  for (let rest = number; ; rest >>>= 7) {
    if (rest < 128) return [...result, rest];
    result.push((rest & 127) | 128);
  }
}
