import { LSTM, noGrad, Streaming } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { clipGradNorm, detachState } from "@rnn/train";
import { uniform, weights } from "../data.mjs";
import { batchesOf, lossFunctions, networkOf, optimizerOf, tensors } from "./rnn-network.mjs";

/** This repository's packages, through their public API. */
export default {
  gemm(m, k, n, a, b) {
    const left = new Tensor(a, [m, k]);
    const right = new Tensor(b, [k, n]);
    return () => left.matmul(right);
  },

  train(spec) {
    const network = networkOf(spec);
    const parameters = network.parameters();
    const optimizer = optimizerOf(spec, parameters);
    const data = batchesOf(spec);
    let state;
    return (i) => {
      const { x, y } = data[i % data.length];
      optimizer.zeroGrad();
      const result = network.forward(x, state);
      const loss = lossFunctions[spec.loss](result.output, y);
      loss.backward();
      if (spec.clipNorm) clipGradNorm(parameters, spec.clipNorm);
      optimizer.step();
      if (spec.carriesState) state = detachState(result.state);
      return loss.item();
    };
  },

  stream({ inputs, hidden, steps, seed }) {
    const lstm = new LSTM({ inputSize: inputs, hiddenSize: hidden }).eval();
    lstm.loadStateDict(tensors(weights({ cell: "lstm", inputs, hidden }), "rnn."));
    const x = uniform(steps * inputs, seed, 1);
    const sequence = new Tensor(x, [steps, 1, inputs]);
    const streaming = new Streaming(lstm);
    return {
      step(i) {
        const start = (i % steps) * inputs;
        return streaming.step(new Tensor(x.subarray(start, start + inputs), [1, inputs])).data;
      },
      sequence: () => noGrad(() => lstm.forward(sequence)).state.h.value.data,
    };
  },

  async tokenizer() {
    const { basicEnglish } = await import("@rnn/text");
    return basicEnglish;
  },
};
