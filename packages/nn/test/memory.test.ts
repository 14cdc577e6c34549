import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Linear, LSTM, Module, maxOverTime, mseLoss, type Variable } from "@rnn/nn";
import { Generator, ones, randn, type Tensor } from "@rnn/tensor";
import { expect, it } from "vitest";

class Model extends Module {
  readonly #lstm = this.child("lstm", new LSTM({ inputSize: 8, hiddenSize: 16, bidirectional: true }));
  readonly #fc = this.child("fc", new Linear({ inFeatures: 32, outFeatures: 1 }));

  override forward(x: Tensor, lengths: number[]): Variable {
    return this.#fc.forward(maxOverTime(this.#lstm.forward(x, { lengths }).output, lengths));
  }
}

/** Bytes in use after collecting garbage, which Node hides without a flag. */
function bytesInUse(): { heap: number; buffers: number } {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // array buffers are freed after the collection that finds them unused
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

it("memory stays flat over 600 training steps whose losses are kept", () => {
  const model = new Model();
  const generator = new Generator(0);
  const losses: Variable[] = [];
  const train = (steps: number): void => {
    for (let step = 0; step < steps; step++) {
      model.zeroGrad();
      const output = model.forward(randn([12, 4, 8], { generator }), [12, 0, 5, 7]);
      const loss = mseLoss(output, ones([4, 1]));
      loss.backward();
      losses.push(loss);
    }
  };
  train(200); // pools fill, functions are compiled
  const before = bytesInUse();
  train(600);
  const after = bytesInUse();
  // a step saves about 40 kB for its backward walk, 24 MB in all; a kept loss is less than 1 kB
  expect(after.buffers - before.buffers).toBeLessThan(1e6);
  expect(after.heap - before.heap).toBeLessThan(4e6);
  expect(losses).toHaveLength(800);
});
