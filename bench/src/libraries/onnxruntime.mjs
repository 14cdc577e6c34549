import { uniform, weights } from "../data.mjs";
import { requirePeer } from "../peers.mjs";
import { lstmModel } from "./onnx.mjs";

/** ONNX Runtime on one thread: `onnxruntime-node` (native) or `onnxruntime-web` (WebAssembly). It only runs models. */
export function onnxRuntime(name) {
  const ort = requirePeer(name);
  if (ort.env.wasm) ort.env.wasm.numThreads = 1;
  return {
    async stream({ cell, inputs, hidden, steps, seed }) {
      const entry = (kind) => entries.get(`rnn.${kind}_l0`).values;
      const entries = weights({ cell, inputs, hidden });
      const layer = {
        weightIn: entry("weight_ih"),
        weightHidden: entry("weight_hh"),
        biasIn: entry("bias_ih"),
        biasHidden: entry("bias_hh"),
      };
      const open = (length) =>
        ort.InferenceSession.create(lstmModel(layer, { inputs, hidden, steps: length }), {
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          executionProviders: [name === "onnxruntime-web" ? "wasm" : "cpu"],
        });
      const [one, all] = [await open(1), await open(steps)];
      const x = uniform(steps * inputs, seed, 1);
      const float = (values, shape) => new ort.Tensor("float32", values, shape);
      const zeros = () => float(new Float32Array(hidden), [1, 1, hidden]);
      const sequence = float(x, [steps, 1, inputs]);
      let [h, c] = [zeros(), zeros()];
      return {
        async step(i) {
          const start = (i % steps) * inputs;
          const input = float(x.slice(start, start + inputs), [1, 1, inputs]);
          ({ h, c } = await one.run({ x: input, h0: h, c0: c }));
          return h.data;
        },
        async sequence() {
          const result = await all.run({ x: sequence, h0: zeros(), c0: zeros() });
          return result.h.data;
        },
      };
    },
  };
}
