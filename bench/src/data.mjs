/**
 * Numbers that every library starts from, the same in any language: an integer hash of the position and a seed.
 * With equal data and weights the first losses of two libraries can be compared.
 */

/** 32 bits from a position and a seed: the multiply and xor-shift rounds that end MurmurHash3 and xxHash. */
export function hash(position, seed) {
  let bits = Math.imul(position + Math.imul(seed, 7919), 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca77);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae3d);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** `size` float32 values in -bound..bound. */
export function uniform(size, seed, bound) {
  return Float32Array.from({ length: size }, (_, i) => ((hash(i, seed) / 2 ** 32) * 2 - 1) * bound);
}

/** `size` whole numbers in 0..count - 1. */
export function integers(size, seed, count) {
  return Int32Array.from({ length: size }, (_, i) => hash(i, seed) % count);
}

/**
 * Initial weights of a model, by PyTorch's names and in its layout (`weight_ih` [gates * hidden, inputs], gates i, f, g, o).
 *
 * @returns {Map<string, { values: Float32Array, shape: number[] }>}
 */
export function weights({ cell, vocabulary, inputs, hidden, layers = 1, outputs }) {
  const gates = cell === "lstm" ? 4 : 1;
  const bound = 1 / Math.sqrt(hidden);
  const entries = new Map();
  const add = (name, shape, seed, limit = bound) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    entries.set(name, { values: uniform(size, seed, limit), shape });
  };
  if (vocabulary) add("embedding.weight", [vocabulary, inputs], 1, 0.1);
  for (let layer = 0; layer < layers; layer++) {
    const seed = 10 * (layer + 1);
    add(`rnn.weight_ih_l${layer}`, [gates * hidden, layer === 0 ? inputs : hidden], seed);
    add(`rnn.weight_hh_l${layer}`, [gates * hidden, hidden], seed + 1);
    add(`rnn.bias_ih_l${layer}`, [gates * hidden], seed + 2);
    add(`rnn.bias_hh_l${layer}`, [gates * hidden], seed + 3);
  }
  if (outputs) {
    add("linear.weight", [outputs, hidden], 90);
    add("linear.bias", [outputs], 91);
  }
  return entries;
}

/** The four batches that a training workload repeats: inputs [batch, steps] or [batch, steps, inputs], and targets. */
export function batches({ vocabulary, inputs, batch, steps, outputs, loss, seeds }) {
  return Array.from({ length: 4 }, (_, i) => {
    const x = vocabulary
      ? integers(batch * steps, seeds.inputs + i, vocabulary)
      : uniform(batch * steps * inputs, seeds.inputs + i, 1);
    const seed = seeds.targets + i;
    if (loss === "crossEntropy") return { x, y: integers(batch * steps, seed, outputs) };
    if (loss === "bceWithLogits") return { x, y: Float32Array.from(integers(batch, seed, 2)) };
    return { x, y: uniform(batch, seed, 1) };
  });
}
