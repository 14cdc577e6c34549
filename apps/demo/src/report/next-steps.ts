import type { TrainOptions } from "../options/train-options.ts";

/** How to go on from a trained model. */
export function nextSteps({ output }: TrainOptions): string[] {
  const model = output === "models/sentiment" ? "" : ` --model ${quoted(output)}`;
  return [
    `  npm start -- predict${model} "A sentence of yours."`,
    "  npm run demo                              the model at work in a page",
    "  npm start -- --data reviews.csv --text COLUMN --label COLUMN",
    "  npm start -- --data aclImdb/train --test aclImdb/test --epochs 4",
    "      50,000 film reviews: unpack aclImdb_v1.tar.gz from https://ai.stanford.edu/~amaas/data/sentiment",
    "  npm start -- --help                       cells, sizes, seeds and all other options",
  ];
}

function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
