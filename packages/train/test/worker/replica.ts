// A replica of the model, in a worker that the training's worker starts.
import { Linear, mseLoss } from "@rnn/nn";
import { serveReplica, type TensorBatch } from "@rnn/train";

const model = new Linear({ inFeatures: 1, outFeatures: 1 });
serveReplica({
  model,
  loss: ({ inputs, targets }: TensorBatch) => mseLoss(model.forward(inputs), targets),
});
