import type { Tensor } from "@rnn/tensor";
import { serveReplica } from "@rnn/train";
import { Lanes } from "../models.ts";

const model = new Lanes();
serveReplica({ model, chunks: (stream: Tensor) => model.chunks(stream) });
