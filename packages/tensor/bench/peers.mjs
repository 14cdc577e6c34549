/**
 * Other libraries, installed with pinned versions where bench/src/peers.mjs says (outside of this repository) when they are
 * asked for. An adapter's functions return a candidate for `measure`, or `undefined` for what the library does not have.
 * Results stay where the library has them.
 */
import { pathToFileURL } from "node:url";
import { installPeers, requirePeer } from "../../../bench/src/peers.mjs";

const TFJS = { "@tensorflow/tfjs": "4.22.0" };

const peers = {
  "tfjs-wasm": {
    packages: { ...TFJS, "@tensorflow/tfjs-backend-wasm": "4.22.0" },
    load: () => tensorFlow("wasm"),
  },
  "tfjs-cpu": { packages: TFJS, load: () => tensorFlow("cpu") },
  jax: { packages: { "@jax-js/jax": "0.1.25" }, load: jax },
  "ml-matrix": { packages: { "ml-matrix": "6.15.1" }, load: mlMatrix },
};

/** Name to adapter. */
export async function loadPeers(names) {
  const loaded = {};
  for (const name of names) {
    if (!Object.hasOwn(peers, name))
      throw new Error(`unknown peer "${name}"; there are ${Object.keys(peers).join(", ")}`);
    installPeers(peers[name].packages);
    loaded[name] = await peers[name].load();
  }
  return loaded;
}

/** The candidates of all peers that have one; `make` gets the adapter. */
export function candidatesOf(loaded, make) {
  const candidates = Object.entries(loaded).map(([name, adapter]) => [name, make(adapter)]);
  return Object.fromEntries(candidates.filter(([, candidate]) => candidate !== undefined));
}

async function tensorFlow(backend) {
  const tf = requirePeer("@tensorflow/tfjs");
  if (backend === "wasm") requirePeer("@tensorflow/tfjs-backend-wasm");
  const prepare = () => tf.setBackend(backend);
  await prepare();
  if (tf.getBackend() !== backend) throw new Error(`TensorFlow.js chose the backend ${tf.getBackend()}`);
  const reductions = {
    softmax: (x) => tf.softmax(x),
    logSoftmax: (x) => tf.logSoftmax(x),
    sum: (x, dim) => tf.sum(x, dim),
    max: (x, dim) => tf.max(x, dim),
  };
  return {
    gemm(m, n, k, a, b, transposeA, transposeB) {
      const left = tf.tensor2d(a, transposeA ? [k, m] : [m, k]);
      const right = tf.tensor2d(b, transposeB ? [n, k] : [k, n]);
      return { prepare, run: () => tf.matMul(left, right, transposeA, transposeB).dispose() };
    },
    pointwise(name, x, y) {
      const operands = [tf.tensor1d(x), tf.tensor1d(y)].slice(0, isBinary(name) ? 2 : 1);
      return { prepare, run: () => tf[name](...operands).dispose() };
    },
    alongRows(name, x, shape, dim) {
      if (name.toLowerCase().endsWith("softmax") && dim !== 1) return undefined; // of the last dimension only
      const matrix = tf.tensor2d(x, shape);
      return { prepare, run: () => reductions[name](matrix, dim).dispose() };
    },
  };
}

async function jax() {
  const library = await import(pathToFileURL(requirePeer.resolve("@jax-js/jax")).href);
  const { numpy: np, nn, jit } = library;
  await library.init("wasm"); // without a name it asks `navigator`, which Node 20 does not have
  library.defaultDevice("wasm");
  /** An array is used up by the function it is passed to unless `.ref` is passed instead. */
  const candidate = (f, ...operands) => {
    const compiled = jit(f);
    return {
      run: async () => {
        const result = compiled(...operands.map((operand) => operand.ref));
        await library.blockUntilReady(result);
        result.dispose();
      },
    };
  };
  const matrix = (x, shape) => np.array(x).reshape(shape);
  const functions = {
    exp: np.exp,
    log: np.log,
    sqrt: np.sqrt,
    tanh: np.tanh,
    sigmoid: nn.sigmoid,
    relu: nn.relu,
    add: (x, y) => x.add(y),
    mul: (x, y) => x.mul(y),
    maximum: np.maximum,
  };
  const reductions = { softmax: nn.softmax, logSoftmax: nn.logSoftmax, sum: np.sum, max: np.max };
  return {
    gemm(m, n, k, a, b, transposeA, transposeB) {
      const left = matrix(a, transposeA ? [k, m] : [m, k]);
      const right = matrix(b, transposeB ? [n, k] : [k, n]);
      const transposed = (x, is) => (is ? np.transpose(x) : x);
      return candidate(
        (x, y) => np.matmul(transposed(x, transposeA), transposed(y, transposeB)),
        left,
        right,
      );
    },
    pointwise: (name, x, y) =>
      candidate(functions[name], ...[np.array(x), np.array(y)].slice(0, isBinary(name) ? 2 : 1)),
    alongRows: (name, x, shape, dim) => candidate((z) => reductions[name](z, dim), matrix(x, shape)),
  };
}

async function mlMatrix() {
  const { Matrix } = requirePeer("ml-matrix");
  const matrix = (x, rows, columns) =>
    new Matrix(
      Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * columns, (i + 1) * columns))),
    );
  return {
    gemm(m, n, k, a, b, transposeA, transposeB) {
      const left = transposeA ? matrix(a, k, m).transpose() : matrix(a, m, k);
      const right = transposeB ? matrix(b, n, k).transpose() : matrix(b, k, n);
      return { run: () => left.mmul(right) };
    },
    pointwise(name, x, y) {
      const [left, right] = [matrix(x, 1, x.length), matrix(y, 1, y.length)];
      if (isBinary(name)) return name in Matrix ? { run: () => Matrix[name](left, right) } : undefined;
      return name in Matrix ? { run: () => Matrix[name](left) } : undefined;
    },
    alongRows(name, x, [rows, columns], dim) {
      const whole = matrix(x, rows, columns);
      return name === "sum" ? { run: () => whole.sum(dim === 1 ? "row" : "column") } : undefined;
    },
  };
}

/** Whether a function takes two operands. */
export function isBinary(name) {
  return ["add", "mul", "maximum"].includes(name);
}
