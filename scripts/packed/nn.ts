import {
  bceWithLogits,
  Embedding,
  Linear,
  LSTM,
  loadSafetensors,
  type Parameter,
  saveSafetensors,
} from "@rnn/nn";
import { manualSeed, tensor } from "@rnn/tensor";

manualSeed(0);
const embedding = new Embedding({ numEmbeddings: 8, embeddingDim: 4 });
const lstm = new LSTM({ inputSize: 4, hiddenSize: 3, batchFirst: true, bidirectional: true });
const linear = new Linear({ inFeatures: 6, outFeatures: 1 });
const { output, state } = lstm.forward(
  embedding.forward(
    tensor(
      [
        [1, 2, 3],
        [4, 5, 0],
      ],
      { dtype: "int32" },
    ),
  ),
  {
    lengths: [3, 2],
  },
);
if (output.shape.join() !== "2,3,6" || Array.isArray(state.h))
  throw new Error(`output has shape ${output.shape}`);
const logits = linear.forward(output.select(1, 0)).reshape([2]);
bceWithLogits(logits, tensor([1, 0])).backward();
const parameters: Parameter[] = [...embedding.parameters(), ...lstm.parameters(), ...linear.parameters()];
for (const p of parameters)
  if (p.grad === null) throw new Error(`no gradient for a parameter of shape ${p.shape}`);

// what must not compile, with any TypeScript that is promised
export function mistakes(): void {
  // @ts-expect-error: PyTorch's spelling
  new LSTM({ input_size: 4, hidden_size: 3 });
  // @ts-expect-error: parameters are floating
  new LSTM({ inputSize: 4, hiddenSize: 3, dtype: "int32" });
  // @ts-expect-error: an LSTM has no nonlinearity to choose
  new LSTM({ inputSize: 4, hiddenSize: 3, nonlinearity: "relu" });
  // @ts-expect-error: an LSTM has a cell state
  lstm.forward(output, { state: { h: output } });
  // @ts-expect-error: a mask is a tensor
  lstm.forward(output, { mask: [true] });
  // @ts-expect-error: options are an object
  linear.forward(output, 3);
}
const file: Uint8Array = saveSafetensors(lstm);
loadSafetensors(file, lstm);
