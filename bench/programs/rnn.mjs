// what a page needs to train an LSTM: its size is measured
import { Linear, LSTM, mseLoss } from "@rnn/nn";
import { randn } from "@rnn/tensor";
import { Adam } from "@rnn/train";

const lstm = new LSTM({ inputSize: 1, hiddenSize: 32, batchFirst: true });
const linear = new Linear({ inFeatures: 32, outFeatures: 1 });
const optimizer = new Adam([...lstm.parameters(), ...linear.parameters()]);
const { output } = lstm.forward(randn([32, 48, 1]));
const loss = mseLoss(linear.forward(output.select(1, -1)), randn([32, 1]));
loss.backward();
optimizer.step();
document.title = String(loss.item());
