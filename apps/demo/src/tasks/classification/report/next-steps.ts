import { quoted } from "../../../terminal/quoted.ts";
import type { ModelKind } from "../models/config.ts";
import { DEFAULT_OUTPUT } from "../train-options.ts";

/** How to go on from a model of some kind that was saved in a folder. */
export function nextSteps(folder: string, kind: ModelKind): string[] {
  const own = folder !== DEFAULT_OUTPUT;
  return [
    `  npm start -- predict${own ? ` --model ${quoted(folder)}` : ""} "A sentence of yours."`,
    ...(own || kind !== "recurrent"
      ? []
      : ["  npm run demo                        the model at work in a page"]),
    "  npm start -- --compare              beside four other kinds of models",
    "  npm start -- --data reviews.csv --text COLUMN --label COLUMN",
    "  npm start -- --data aclImdb/train --test aclImdb/test --recipe reviews",
    "      50,000 film reviews: unpack aclImdb_v1.tar.gz from",
    "      https://ai.stanford.edu/~amaas/data/sentiment",
    "  npm start -- train --help           cells, sizes, seeds and all other options",
    "  npm start -- --help                 other tasks: write text, forecast series",
  ];
}
