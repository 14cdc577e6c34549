import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { GRU, Linear, LSTM, Module, maxOverTime, mseLoss, type Variable } from "@rnn/nn";
import { Generator, ones, randn, simdKernels, type Tensor } from "@rnn/tensor";

/** Texts of different lengths through an LSTM, and a stream whose state is carried on through a GRU. */
class Model extends Module {
  readonly lstm = this.child("lstm", new LSTM({ inputSize: 8, hiddenSize: 16, bidirectional: true }));
  readonly gru = this.child("gru", new GRU({ inputSize: 8, hiddenSize: 16 }));
  readonly fc = this.child("fc", new Linear({ inFeatures: 32, outFeatures: 1 }));

  override forward(x: Tensor, lengths: number[]): Variable {
    return this.fc.forward(maxOverTime(this.lstm.forward(x, { lengths }).output, lengths));
  }
}

/** Trains for so many steps, and keeps the losses. */
export function training(): (steps: number) => void {
  const model = new Model();
  const generator = new Generator(0);
  const losses: Variable[] = [];
  let state: { h: Variable } | undefined;
  return (steps) => {
    for (let step = 0; step < steps; step++) {
      model.zeroGrad();
      const output = model.forward(randn([12, 4, 8], { generator }), [12, 0, 5, 7]);
      const stream = model.gru.forward(randn([12, 4, 8], { generator }), { state });
      state = { h: stream.state.h.detach() };
      const loss = mseLoss(output, ones([4, 1])).add(stream.output.mean());
      loss.backward();
      losses.push(loss);
    }
  };
}

/** Bytes in use after collecting garbage, which Node hides without a flag. */
export function bytesInUse(): Record<"heap" | "external" | "buffers" | "wasm", number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // array buffers are freed after the collection that finds them unused
  collect();
  collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const wasm = simdKernels(false)?.memory.floats.byteLength ?? 0;
  return { heap: heapUsed, external, buffers: arrayBuffers, wasm };
}
