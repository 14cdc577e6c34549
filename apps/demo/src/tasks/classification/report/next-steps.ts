import { TRAIN_OPTIONS, type TrainOptions } from "../train-options.ts";

/** Where a model is saved by default, and where the page takes it from. */
const DEFAULT_OUTPUT = TRAIN_OPTIONS.output.default;

/** How to go on from a trained model. */
export function nextSteps({ output }: Pick<TrainOptions, "output">): string[] {
  const own = output !== DEFAULT_OUTPUT;
  return [
    `  npm start -- predict${own ? ` --model ${quoted(output)}` : ""} "A sentence of yours."`,
    ...(own ? [] : ["  npm run demo                              the model at work in a page"]),
    "  npm start -- --data reviews.csv --text COLUMN --label COLUMN",
    "  npm start -- --data aclImdb/train --test aclImdb/test --epochs 4",
    "      50,000 film reviews: unpack aclImdb_v1.tar.gz from https://ai.stanford.edu/~amaas/data/sentiment",
    "  npm start -- --help                       cells, sizes, seeds and all other options",
  ];
}

function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`;
}
