import { allWorkloads } from "../workloads.mjs";

/** Version of TensorFlow.js and its backends. */
const TFJS = "4.22.0";

/**
 * The libraries that can be measured, ours first.
 *
 * `packages` are pinned npm packages that the benchmark installs; `workloads` those that the adapter has (all, if not
 * given); `oneBias` marks models with one bias per gate, `ownWeights` those whose losses do not compare, `python` what runs in
 * Python, `threads` what needs several processors; `program` is bundled for its size, with the `wasm` files that it fetches.
 */
export const libraries = {
  rnn: { load: () => import("./rnn.mjs"), program: "rnn.mjs" },
  "rnn-parallel": {
    load: () => import("./rnn-parallel.mjs"),
    threads: true,
    workloads: ["ptb_small_train", "imdb_train_lstm", "imdb_train_rnn"],
  },
  plain: { load: () => import("./plain.mjs"), workloads: ["gemm"] },
  "tfjs-wasm": {
    ...tensorFlow("wasm", { "@tensorflow/tfjs-backend-wasm": TFJS }),
    program: "tfjs.mjs",
    wasm: ["@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm"],
  },
  "tfjs-cpu": tensorFlow("cpu"),
  jax: {
    load: () => import("./jax.mjs"),
    packages: { "@jax-js/jax": "0.1.25" },
    workloads: allWorkloads.filter((workload) => workload !== "tokenize"),
    program: "jax.mjs",
  },
  "onnxruntime-node": onnxRuntime("onnxruntime-node"),
  "onnxruntime-web": onnxRuntime("onnxruntime-web"),
  "recurrent-js": {
    load: () => import("./recurrent.mjs"),
    packages: { "recurrent-js": "1.7.4" },
    workloads: ["tiny_train"],
    ownWeights: true,
  },
  "brain.js": {
    load: () => import("./brain.mjs"),
    packages: { "brain.js": "1.6.1" },
    workloads: ["timeseries_train", "tiny_train", "cold_start"],
    ownWeights: true,
  },
  deepbox: {
    load: () => import("./deepbox.mjs"),
    packages: { deepbox: "1.0.0" },
    workloads: allWorkloads.filter((workload) => !["tokenize", "bundle_size"].includes(workload)),
  },
  torch: {
    python: true,
    workloads: allWorkloads.filter((workload) => !["tokenize", "bundle_size"].includes(workload)),
  },
};

function tensorFlow(backend, packages = {}) {
  return {
    load: async () => (await import("./tfjs.mjs")).tensorFlow(backend),
    packages: { "@tensorflow/tfjs": TFJS, ...packages },
    workloads: allWorkloads.filter(
      (workload) => !["tokenize", ...(backend === "cpu" ? ["bundle_size"] : [])].includes(workload),
    ),
    oneBias: true,
  };
}

function onnxRuntime(name) {
  return {
    load: async () => ({ default: (await import("./onnxruntime.mjs")).onnxRuntime(name) }),
    packages: { [name]: "1.30.0" },
    workloads: ["infer_stream"],
  };
}
