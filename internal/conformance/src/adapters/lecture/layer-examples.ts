import { Embedding, matmul } from "@rnn/nn";
import { Tensor } from "@rnn/tensor";
import { oneHot } from "@rnn/text";
import { type GoldenAdapter, golden } from "../../adapter.ts";
import { toTensor, toTensors } from "../../tensors.ts";
import { compare } from "../differentiate.ts";
import { parametersByName } from "../nn/recurrent-layers.ts";
import { required } from "../outputs.ts";
import { freshModule } from "../random/initial-parameters.ts";

/** kind `lecture:parameter_counts`: how many numbers each layer learns. */
export const parameterCountsCase: GoldenAdapter = golden<
  { modules: [kind: string, ...sizes: number[]][] },
  { counts: number[] }
>((c, { judge }) => {
  const counts = c.config.modules.map(([kind, ...sizes]) =>
    freshModule(kind, sizes)
      .parameters()
      .reduce((sum, parameter) => sum + parameter.size, 0),
  );
  judge.same("counts", counts, c.outputs.counts);
  if (c.published) judge.same("published counts", counts, c.published.counts);
});

/** kind `lecture:one_hot`: a one-hot row times the embedding matrix is the looked-up row, and so is its gradient. */
export const oneHotExampleCase: GoldenAdapter = golden<{ num_embeddings: number; embedding_dim: number }>(
  (c, context) => {
    const { num_embeddings: numEmbeddings, embedding_dim: embeddingDim } = c.config;
    const embedding = new Embedding({ numEmbeddings, embeddingDim });
    embedding.loadStateDict(toTensors(c.params));
    const ids = toTensor(required(c.inputs, "ids"));
    const params = parametersByName(embedding);
    const rows = new Tensor(oneHot(ids.data, numEmbeddings), [ids.size, numEmbeddings]);
    const outputs = {
      product: matmul(rows, params.weight as NonNullable<typeof params.weight>),
      lookup: embedding.forward(ids),
    };
    compare(c, context, { outputs, params });
  },
);
